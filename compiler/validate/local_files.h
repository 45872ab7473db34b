// Files that CI files name by their path in the repository.
#pragma once
#include "data/yaml.h"
#include "validate/validate.h"

// Whether the repository that holds the file `beside` has a file `path` ("/ci/build.yml", "./.github/workflows/a.yml"):
// in the set, or on the disk. The root of the repository is not known, so it may be any folder above `beside`.
bool local_file_is_there(const FileSet *set, Str beside, Str path);
// The first document of a file, read once more without a word about its faults; NULL: there is none.
const Yaml *read_again(const FileSet *set, uint32_t file, const YamlOptions *options);
