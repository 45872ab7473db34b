"""What the container runs: main.py train, or main.py serve. The outcome of a failure is where SageMaker looks for it."""
import sys
import traceback
from pathlib import Path

FAILURE = Path("/opt/ml/output/failure")
FAILURE_MOST = 1024  # what SageMaker shows of it


def run(word):
    if word == "train":
        import train
        train.main()
    elif word == "serve":
        import serve
        serve.main()
    else:
        raise SystemExit(f"{word!r} is neither train nor serve")


def main(arguments):
    word = arguments[0] if arguments else "train"
    try:
        run(word)
    except Exception as error:
        traceback.print_exc()
        if word == "train":
            FAILURE.parent.mkdir(parents=True, exist_ok=True)
            FAILURE.write_text(f"{type(error).__name__}: {error}"[:FAILURE_MOST], encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
