// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "timeline/words.h"

/// The one place that asks the environment, the terminal and the kernel (DESIGN rule 4: nothing below apps does).
namespace threadline::apps {

/// The language of LC_ALL, LC_MESSAGES or LANG: French for fr*, else English.
[[nodiscard]] timeline::Language language_of_locale();
[[nodiscard]] bool is_terminal(int descriptor);
/// Columns of the output: COLUMNS, else the terminal's; 0 (lines as long as they are) where there is none.
[[nodiscard]] unsigned columns_of_output();
/// A terminal that takes colour, and NO_COLOR is not set.
[[nodiscard]] bool takes_colour();
[[nodiscard]] unsigned processors();
/// Now, in UTC: "2018-04-05T12:35:00Z".
[[nodiscard]] std::string utc_now();
/// Today in UTC, days since 1970-01-01.
[[nodiscard]] std::int64_t today();
/// "user@host" of this process.
[[nodiscard]] std::string user_at_host();
/// TMPDIR, else /tmp.
[[nodiscard]] std::string temporary_folder();

/// The first thing that the program does. Standard descriptors that are closed (as under some daemons) are opened on /dev/null,
/// in the direction in which nobody uses them: no file and no pipe of ours gets their number, and who reads or writes them is
/// told. A file that grows beyond the user's limit (RLIMIT_FSIZE) is an error of the writing, not the end of the program. Source:
/// glibc does the first for setuid programs (csu/check_fds.c).
void settle_process();
/// From here on Ctrl-C, SIGTERM and a terminal that goes away (SIGHUP) are noted, not obeyed at once; a reader that goes away
/// ends the writing, not the program. The second one ends the program at once.
void note_interrupts();
/// A file beside the one that is asked for, which is removed where the program is ended so; empty: none any more.
void note_half_written(const std::string& path);
[[nodiscard]] bool is_interrupted();

}  // namespace threadline::apps
