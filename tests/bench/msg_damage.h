// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace threadline::bench {

/// The subject that a reader finds in a .msg, in whatever form; empty: none.
using SubjectReader = std::function<std::string(std::string_view)>;

/// Reads every .msg of a folder (argv[1]) whole, cut at 50, 65, 80 and 92 %, and with six random faults (three bit flips, three
/// header words) for each of argv[2] seeds; each variant in a process of its own, ended after two seconds. Prints a line a
/// variant: "file <TAB> damage <TAB> right | wrong | none | crash | slow [<TAB> seed]"; right is what the whole file says. Files
/// in which the reader finds no subject have the one line "file <TAB> whole <TAB> none".
int measure_damage(int argc, char** argv, const SubjectReader& reader);

}  // namespace threadline::bench
