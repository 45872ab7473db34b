// The operating system: every system call of the program is behind these functions, so a port is a port of sys.c.
#pragma once
#include "base/buf.h"

typedef enum { SYS_NONE, SYS_FILE, SYS_FOLDER, SYS_OTHER } SysKind;

// What stands at `path` (links followed; SYS_NONE: nothing or not reachable).
SysKind sys_kind(Str path);
// The same for what a walk of a tree finds: a folder behind a link is SYS_OTHER, so that no walk goes round in circles.
SysKind sys_kind_in_walk(Str path);
// Reads a whole file ("-" is standard input) into the arena, a NUL behind it (not counted). False: *why says why not.
bool sys_read(Arena *arena, Str path, Str *text, Str *why);
// Reads what there is of a stream (0: standard input), waiting for some; returns how many bytes, 0 at its end.
size_t sys_read_some(int from, void *at, size_t most);
// Writes a whole file through a temporary one beside it that replaces it in one step. Makes missing folders.
bool sys_write(Arena *arena, Str path, Str text, bool executable, Str *why);
// The two halves of sys_write, for replacing several files together: first stage all, then move all.
bool sys_stage(Arena *arena, Str path, Str text, bool executable, Str *staged, Str *why);
bool sys_move(Arena *arena, Str from, Str to, Str *why);
// Removes a file; nothing there is no error.
bool sys_remove(Arena *arena, Str path, Str *why);
// Removes a folder if it is empty.
void sys_remove_folder(Str path);
// The names in a folder, sorted by bytes, without "." and "..". False: it cannot be read, *why says why.
bool sys_list(Arena *arena, Str path, Str **names, size_t *count, Str *why);
// Whether the owner may execute the file.
bool sys_executable(Str path);

// Appends text to standard output (1) or standard error (2); exits 2 when it cannot be written (a closed pipe:
// quietly).
void sys_out(int to, Str text);
bool sys_is_terminal(int to);
// An environment variable's value, or an empty Str.
Str sys_env(const char *name);
// Nanoseconds of a steady clock.
uint64_t sys_clock(void);
// Seconds since 1970 of the wall clock, with fractions.
double sys_now(void);
// `n` random bytes from the system.
void sys_random(void *bytes, size_t n);
// Where this program's file is; its name where the system does not tell.
Str sys_program(Arena *arena);
// The current folder.
Str sys_current_folder(Arena *arena);

// Runs a program (searched in PATH) with `input` on its standard input. Collects what it prints. `seconds` bounds its
// time; then it and its children are killed and *timed_out is set. `folder` (may be empty) is where it runs;
// `environment` holds extra NAME=VALUE strings, NULL-terminated (may be NULL). Returns the exit status, 128 + signal,
// or -1 when it could not start.
int sys_run(Arena *arena, char *const argv[], Str folder, char *const environment[], Str input, double seconds,
            Str *output, Str *errors, bool *timed_out);

// Paths. Both use "/" and neither touches the file system.
Str path_join(Arena *arena, Str folder, Str name);
Str path_folder(Str path); // "" when there is none
Str path_name(Str path);   // what is behind the last "/"
// "a/./b/../c" -> "a/c"; an absolute path stays absolute, leading ".." stay.
Str path_clean(Arena *arena, Str path);
