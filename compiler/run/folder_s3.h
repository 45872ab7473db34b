// A folder that stands for S3: <folder>/<bucket>/<key>.
#pragma once
#include "run/run.h"

// The functions of a RunWorld; `folder` is a Str with the folder's path.
bool folder_read(void *folder, Arena *arena, Str bucket, Str key, Str *body);
bool folder_list(void *folder, Arena *arena, Str bucket, Str prefix, const RunObject **objects, size_t *count);
bool folder_write(void *folder, Arena *arena, Str bucket, Str key, Str body);
