#!/bin/bash
# Packs script.py as SageMaker's containers take it; the same script gives the same bytes.
set -euo pipefail
cd "$(dirname "$0")"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf - script.py | gzip -9 -n >../sagemaker-artifacts/sourcedir.tar.gz
