#!/bin/bash
# The processing container's entry point: installs what the script needs, then runs it.
set -euo pipefail
cd /opt/ml/processing/input/code
python3 -m pip install --quiet -r requirements.txt
exec python3 preprocessing.py "$@"
