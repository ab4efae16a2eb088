// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "../own_folder.h"

namespace threadline {

/// What a command came to.
struct Ran {
  int status = -1;
  std::string text;  ///< standard output and standard error
};

inline Ran shell(const std::string& command) {
  Ran ran;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return ran;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) ran.text += static_cast<char>(byte);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

inline Ran threadline(const std::string& arguments) {
  return shell(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' " + arguments + " 2>&1");
}

/// A file of that content in the test program's folder, as a word of a command.
inline std::string file_with(const std::string& name, const std::string& content) {
  const std::filesystem::path path = own_folder() / name;
  std::ofstream(path, std::ios::binary) << content;
  return "'" + path.string() + "'";
}

inline const std::string kMail =
    "From: Anna <anna@firm.example>\nTo: Bert <bert@payer.example>\nDate: Thu, 5 Apr 2018 10:37:00 +0200\n"
    "Message-ID: <1@firm.example>\nSubject: hello\n\nGood morning.\n";

}  // namespace threadline
