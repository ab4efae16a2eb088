// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/alarm.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>

#include "base/pipe.h"

namespace threadline::gateway {
namespace {

/// Starts the command with `input` as its standard input. Answers -1 where it cannot be started.
pid_t started(std::string command, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  sigset_t ignored_here;
  sigemptyset(&ignored_here);
  for (const int signal : {SIGPIPE, SIGXFSZ}) sigaddset(&ignored_here, signal);
  posix_spawnattr_setsigdefault(&attributes, &ignored_here);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh", option = "-c";
  const std::array<char*, 4> words{shell.data(), option.data(), command.data(), nullptr};
  pid_t process = -1;
  if (posix_spawn(&process, "/bin/sh", &actions, &attributes, words.data(), environ) != 0) process = -1;
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return process;
}

bool ended_well(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

bool give_alarm(const std::string& command, const std::string& words) {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  const pid_t process = started(command, ends[0]);
  close(ends[0]);
  if (process >= 0) static_cast<void>(write_exactly(ends[1], words));
  close(ends[1]);
  return process >= 0 && ended_well(process);
}

}  // namespace threadline::gateway
