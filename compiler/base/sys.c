#define _GNU_SOURCE
#include "base/sys.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

// A NUL-terminated copy of a path; NULL (and errno) when it is too long or holds a NUL.
static const char *path_z(Str path, char buffer[PATH_MOST]) {
  if (path.len >= PATH_MOST) return errno = ENAMETOOLONG, NULL;
  if (path.len && memchr(path.at, 0, path.len)) return errno = EINVAL, NULL;
  if (path.len) memcpy(buffer, path.at, path.len);
  buffer[path.len] = 0;
  return path.len ? buffer : ".";
}

static bool failed(Arena *arena, Str path, Str *why) {
  *why = str_fmt(arena, "%.*s: %s", STR_ARG(path), strerror(errno));
  return false;
}

SysKind sys_kind(Str path) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  struct stat info;
  if (!z || stat(z, &info) != 0) return SYS_NONE;
  return S_ISREG(info.st_mode) ? SYS_FILE : S_ISDIR(info.st_mode) ? SYS_FOLDER : SYS_OTHER;
}

SysKind sys_kind_in_walk(Str path) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  struct stat info;
  bool link = z && lstat(z, &info) == 0 && S_ISLNK(info.st_mode);
  SysKind kind = sys_kind(path);
  return link && kind == SYS_FOLDER ? SYS_OTHER : kind;
}

bool sys_executable(Str path) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  struct stat info;
  return z && stat(z, &info) == 0 && (info.st_mode & S_IXUSR);
}

// Larger files than AWS, Git or a person handles; /dev/zero, too.
enum { READ_MOST = 1 << 30 };

static bool read_all(Arena *arena, int from, size_t guess, Str *text) {
  if (guess > READ_MOST) guess = READ_MOST;
  size_t room = guess + 1, len = 0;
  char *at = arena_raw(arena, room);
  for (;;) {
    ssize_t got = read(from, at + len, room - len - 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    len += (size_t)got;
    if (len > READ_MOST) {
      errno = EFBIG;
      return false;
    }
    if (len + 1 == room) at = arena_grow(arena, at, room, room * 2), room *= 2;
  }
  at[len] = 0;
  *text = (Str){at, len};
  return true;
}

size_t sys_read_some(int from, void *at, size_t most) {
  for (;;) {
    ssize_t got = read(from, at, most);
    if (got >= 0) return (size_t)got;
    if (errno != EINTR) return 0;
  }
}

bool sys_read(Arena *arena, Str path, Str *text, Str *why) {
  if (str_eq(path, S("-"))) return read_all(arena, 0, 65536, text) || failed(arena, S("standard input"), why);
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  int file = z ? open(z, O_RDONLY | O_CLOEXEC) : -1;
  struct stat info;
  if (file < 0) return failed(arena, path, why);
  if (fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
    close(file);
    errno = EISDIR;
    return failed(arena, path, why);
  }
  bool good = read_all(arena, file, info.st_size > 0 ? (size_t)info.st_size + 1 : 4096, text); // and its end
  int error = errno;
  close(file);
  errno = error;
  return good || failed(arena, path, why);
}

static bool make_folders(Arena *arena, Str path, Str *why) {
  char buffer[PATH_MOST];
  if (path.len == 0) return true;
  if (!path_z(path, buffer)) return failed(arena, path, why);
  for (size_t i = 1; i <= path.len; i++) {
    if (i < path.len && buffer[i] != '/') continue;
    char c = buffer[i];
    buffer[i] = 0;
    if (mkdir(buffer, 0777) != 0 && errno != EEXIST) return failed(arena, path, why);
    buffer[i] = c;
  }
  return true;
}

static bool write_all(int to, Str text) {
  while (text.len) {
    ssize_t put = write(to, text.at, text.len);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    text.at += put;
    text.len -= (size_t)put;
  }
  return true;
}

bool sys_stage(Arena *arena, Str path, Str text, bool executable, Str *staged, Str *why) {
  if (!make_folders(arena, path_folder(path), why)) return false;
  *staged = str_fmt(arena, "%.*s.%ld.tmp", STR_ARG(path), (long)getpid());
  char buffer[PATH_MOST];
  const char *z = path_z(*staged, buffer);
  int file = z ? open(z, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, executable ? 0777 : 0666) : -1;
  if (file < 0) return failed(arena, path, why);
  bool good = write_all(file, text);
  int error = errno;
  if (close(file) != 0 && good) good = false, error = errno;
  if (good) return true;
  unlink(z);
  errno = error;
  return failed(arena, path, why);
}

bool sys_move(Arena *arena, Str from, Str to, Str *why) {
  char a[PATH_MOST], b[PATH_MOST];
  const char *old = path_z(from, a), *new = path_z(to, b);
  return (old && new &&rename(old, new) == 0) || failed(arena, to, why);
}

bool sys_write(Arena *arena, Str path, Str text, bool executable, Str *why) {
  Str staged;
  return sys_stage(arena, path, text, executable, &staged, why) && sys_move(arena, staged, path, why);
}

bool sys_remove(Arena *arena, Str path, Str *why) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  return (z && (unlink(z) == 0 || errno == ENOENT)) || failed(arena, path, why);
}

void sys_remove_folder(Str path) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  if (z) rmdir(z);
}

static int by_bytes(const void *a, const void *b) {
  return str_cmp(*(const Str *)a, *(const Str *)b);
}

bool sys_list(Arena *arena, Str path, Str **names, size_t *count, Str *why) {
  char buffer[PATH_MOST];
  const char *z = path_z(path, buffer);
  DIR *folder = z ? opendir(z) : NULL;
  if (!folder) return failed(arena, path, why);
  VEC(Str) list = {0};
  for (struct dirent *entry; (entry = readdir(folder));) {
    Str name = str_of(entry->d_name);
    if (!str_eq(name, S(".")) && !str_eq(name, S(".."))) VEC_PUSH(arena, &list, str_dup(arena, name));
  }
  closedir(folder);
  if (list.len) qsort(list.at, list.len, sizeof(Str), by_bytes);
  *names = list.at;
  *count = list.len;
  return true;
}

void sys_out(int to, Str text) {
  if (write_all(to, text)) return;
  if (errno == EPIPE) exit(2);
  fatal("cannot write: %s", strerror(errno));
}

bool sys_is_terminal(int to) {
  return isatty(to) == 1;
}

Str sys_env(const char *name) {
  return str_of(getenv(name));
}

static double clock_of(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

uint64_t sys_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

double sys_now(void) {
  return clock_of(CLOCK_REALTIME);
}

void sys_random(void *bytes, size_t n) {
  int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (file < 0 || read(file, bytes, n) != (ssize_t)n) fatal("no random numbers from the system");
  close(file);
}

Str sys_program(Arena *arena) {
  char buffer[PATH_MOST];
  ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
  return length > 0 ? str_dup(arena, (Str){buffer, (size_t)length}) : S("mlopsc");
}

Str sys_current_folder(Arena *arena) {
  char buffer[PATH_MOST];
  return getcwd(buffer, sizeof buffer) ? str_dup(arena, str_of(buffer)) : S(".");
}

static _Noreturn void child(char *const argv[], const char *folder, char *const environment[], int in, int out,
                            int err) {
  setpgid(0, 0);
  if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) _exit(127);
  if (folder && chdir(folder) != 0) _exit(127);
  for (size_t i = 0; environment && environment[i]; i++) putenv(environment[i]);
  signal(SIGPIPE, SIG_DFL);
  execvp(argv[0], argv);
  _exit(127);
}

// Feeds `input` to ends[0] and collects ends[1] and ends[2] until both are closed or the time is over (false).
static bool converse(int ends[3], Str input, Buf out[2], double seconds) {
  double end = clock_of(CLOCK_MONOTONIC) + seconds;
  int open_ends = 2;
  while (open_ends > 0) {
    double left = end - clock_of(CLOCK_MONOTONIC);
    if (left <= 0) return false;
    if (ends[0] >= 0 && input.len == 0) close(ends[0]), ends[0] = -1;
    struct pollfd wait[3] = {{ends[0], POLLOUT, 0}, {ends[1], POLLIN, 0}, {ends[2], POLLIN, 0}};
    if (poll(wait, 3, left > 1e6 ? 1000000000 : (int)(left * 1000) + 1) < 0 && errno != EINTR) return false;
    if (wait[0].revents) {
      ssize_t put = write(ends[0], input.at, input.len);
      input = put < 0 && errno != EAGAIN ? (Str){0} : str_slice(input, put > 0 ? (size_t)put : 0, input.len);
    }
    for (int k = 1; k < 3; k++) {
      if (!wait[k].revents) continue;
      char chunk[65536];
      ssize_t got = read(ends[k], chunk, sizeof chunk);
      if (got > 0)
        buf_bytes(&out[k - 1], chunk, (size_t)got);
      else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        close(ends[k]), ends[k] = -1, open_ends--;
    }
  }
  return true;
}

int sys_run(Arena *arena, char *const argv[], Str folder, char *const environment[], Str input, double seconds,
            Str *output, Str *errors, bool *timed_out) {
  int in[2], out[2], err[2];
  char buffer[PATH_MOST];
  const char *z = folder.len ? path_z(folder, buffer) : NULL;
  *output = *errors = (Str){0};
  *timed_out = false;
  if (pipe2(in, O_CLOEXEC) != 0) return -1;
  if (pipe2(out, O_CLOEXEC) != 0) return close(in[0]), close(in[1]), -1;
  if (pipe2(err, O_CLOEXEC) != 0) return close(in[0]), close(in[1]), close(out[0]), close(out[1]), -1;
  signal(SIGPIPE, SIG_IGN);
  pid_t pid = fork();
  if (pid == 0) child(argv, z, environment, in[0], out[1], err[1]);
  close(in[0]), close(out[1]), close(err[1]);
  int ends[3] = {in[1], out[0], err[0]};
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  Buf text[2] = {{.arena = arena}, {.arena = arena}};
  int status = -1;
  if (pid > 0) {
    *timed_out = !converse(ends, input, text, seconds);
    if (*timed_out) kill(-pid, SIGKILL), kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    status = WIFEXITED(status) ? WEXITSTATUS(status) : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : -1;
  }
  for (int k = 0; k < 3; k++) {
    if (ends[k] >= 0) close(ends[k]);
  }
  *output = buf_text(&text[0]);
  *errors = buf_text(&text[1]);
  return status;
}

Str path_folder(Str path) {
  for (size_t i = path.len; i > 0; i--) {
    if (path.at[i - 1] == '/') return (Str){path.at, i > 1 ? i - 1 : 1};
  }
  return (Str){path.at, 0};
}

Str path_name(Str path) {
  for (size_t i = path.len; i > 0; i--) {
    if (path.at[i - 1] == '/') return str_slice(path, i, path.len);
  }
  return path;
}

Str path_join(Arena *arena, Str folder, Str name) {
  if (folder.len == 0 || str_starts(name, S("/"))) return name;
  bool slash = folder.at[folder.len - 1] == '/';
  return str_fmt(arena, "%.*s%s%.*s", STR_ARG(folder), slash ? "" : "/", STR_ARG(name));
}

Str path_clean(Arena *arena, Str path) {
  bool absolute = str_starts(path, S("/"));
  VEC(Str) parts = {0};
  for (Str rest = path; rest.len;) {
    Str part = str_cut(rest, '/', &rest);
    if (part.len == 0 || str_eq(part, S("."))) continue;
    bool up = str_eq(part, S(".."));
    if (up && parts.len && !str_eq(parts.at[parts.len - 1], S("..")))
      parts.len--;
    else if (!up || !absolute)
      VEC_PUSH(arena, &parts, part);
  }
  Buf out = {.arena = arena};
  if (absolute) buf_char(&out, '/');
  for (size_t i = 0; i < parts.len; i++) {
    if (i) buf_char(&out, '/');
    buf_str(&out, parts.at[i]);
  }
  return out.len ? buf_text(&out) : S(".");
}
