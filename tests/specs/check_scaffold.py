"""The sources of the reference pipelines that the library writes: they are what it writes today."""
import filecmp
import shutil
import tempfile
from pathlib import Path


def check_scaffold_is_the_librarys(mlopsc, root):
    """Each source is taken away in turn: what a build writes again is what stands there; what it does not is no copy of a scaffold."""
    scaffold = [file for file in (root / "templates" / "scaffold").rglob("*") if file.is_file()]
    beginnings = [file for file in scaffold if "starter" in file.parts]  # of sources that the spec names and that are missing
    again = 0
    for spec in sorted(folder for folder in (root / "specs").iterdir() if folder.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, spec.name)
            shutil.copytree(spec, copy)
            for file in sorted(one for one in copy.rglob("*") if one.is_file() and one.suffix != ".mlops"):
                there = spec / file.relative_to(copy)
                file.unlink()
                mlopsc("build", copy, "-o", Path(folder, "out"), "--force")
                if file.exists() and not any(filecmp.cmp(one, file, shallow=False) for one in beginnings):
                    again += 1
                    assert filecmp.cmp(file, there, shallow=False), f"{there} is not what the library writes; delete it and build"
                else:
                    same = [one for one in scaffold if filecmp.cmp(one, there, shallow=False)]
                    assert not same, f"{there} is a copy of {same}: let the spec say `scaffold`"
                    file.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(there, file)
    assert again > 20, f"only {again} files are the library's"
