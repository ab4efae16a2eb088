// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "threadline/row.h"
#include "timeline/words.h"

namespace threadline::kit_de_survie {

inline const std::filesystem::path kCase = std::filesystem::path(THREADLINE_SOURCE_DIR) / "corpus" / "kit-de-survie";

/// Who reads the case, and how it is shown to them.
struct Reader {
  std::string own_domain = "meridienne-groupe.example";
  std::string zone = "Europe/Paris";
  timeline::Language language = timeline::Language::fr;
};

inline const Reader kEnglish{"harbour-builders.example", "Europe/London", timeline::Language::en};

/// The rows of one run.
struct Told {
  std::vector<Row> rows;

  [[nodiscard]] std::vector<const Row*> of_kind(std::string_view kind) const;
  /// "10:37 CEST | actor | action", events only, by time.
  [[nodiscard]] std::vector<std::string> story() const;
  /// "code severity" of all findings about the row of that actor and minute.
  [[nodiscard]] std::vector<std::string> findings_at(std::string_view minute) const;
  [[nodiscard]] bool has(std::string_view minute, const std::string& finding) const;
  /// Findings of high or more.
  [[nodiscard]] std::vector<std::string> alarms() const;
  /// What an investigator reads, a row a line: "time zone | kind | actor | action | code severity | comment". In the rows' order,
  /// but for rows of one message: those stand in the order of their ids, which rest on the bytes, and here in that of their
  /// words.
  [[nodiscard]] std::vector<std::string> lines() const;
};

/// The timeline of these files and folders.
[[nodiscard]] Told tell(const std::vector<std::string>& paths, unsigned jobs, const Reader& reader = {});

}  // namespace threadline::kit_de_survie
