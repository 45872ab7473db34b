"""What the job does. Its arguments come as `--NAME value`."""
import sys


def main(arguments):
    raise NotImplementedError("this job is still to be written")


if __name__ == "__main__":
    main(sys.argv[1:])
