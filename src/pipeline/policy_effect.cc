// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy_effect.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "facts/bank/iban.h"
#include "findings/ledger.h"
#include "policy/sides.h"
#include "policy/suggestion.h"
#include "text/domain.h"
#include "timeline/words.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kTitle = "title.";
constexpr std::size_t kSlip = 2;  ///< edits: a letter more, less or wrong, or two in the wrong order; no two codes are that near

/// Codes of rows, and those among them that judge one message: a gateway meets no others.
struct Codes {
  std::vector<std::string_view> all;
  std::vector<std::string_view> detectors = {
#define THREADLINE_DETECTOR(name) #name,
#include "findings/detectors.def"
#undef THREADLINE_DETECTOR
  };

  Codes() {
    for (const timeline::Entry& entry : timeline::all_words()) {
      if (entry.key.starts_with(kTitle)) all.push_back(entry.key.substr(kTitle.size()));
    }
  }
};

/// The letters and digits of an account, upper case.
std::string plain_form(std::string_view written) {
  std::string plain;
  for (const char byte : written) {
    if (byte >= 'a' && byte <= 'z') plain += static_cast<char>(byte - 'a' + 'A');
    if ((byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9')) plain += byte;
  }
  return plain;
}

/// Two letters of a country of the registry, two check digits, and more: nothing else begins so.
bool is_meant_as_iban(std::string_view plain) {
  const auto is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
  return plain.size() > 4 && is_digit(plain[2]) && is_digit(plain[3]) && facts::iban_country(plain[0], plain[1]) != nullptr;
}

class Walk {
 public:
  explicit Walk(const std::string& file) : file_(file) {}

  void code(const std::string& place, std::string_view code, const std::vector<std::string_view>& known) {
    if (code.empty() || std::ranges::find(known, code) != known.end()) return;
    const std::string what = fmt::format("{}: no such code: \"{}\"", place, code);
    const auto near = policy::nearest_word(code, known);
    const std::string hint = near ? fmt::format("did you mean \"{}\"?", near->word) : "docs/findings.md lists the codes";
    if (near && near->edits <= kSlip) return refuse(what, hint);
    doubt(what, "it has no effect in this version; " + hint);
  }

  void account(const std::string& place, const policy::KnownAccount& written) {
    const auto read = findings::read_written_account(written);
    if (read && read->valid) return;
    const std::string what = fmt::format("{}/value: not an account, or its check digits are wrong: \"{}\"", place, written.value);
    if (is_meant_as_iban(plain_form(written.value))) return refuse(what, "an IBAN as the bank writes it");
    doubt(what,
          "no account of a mail will be found equal to it; an IBAN, a RIB with its key, or a national number with its label");
  }

  void domain(const std::string& place, const std::string& name, const policy::Sides& sides) {
    const std::string ascii = text::read_domain(name).ascii;
    if (ascii.find('.') == std::string::npos)
      return doubt(fmt::format("{}: \"{}\" has one label", place, name), "it stands for addresses at exactly that host");
    if (sides.is_shared(ascii) && sides.side_of_domain(ascii).starts_with("domain:"))
      doubt(fmt::format("{}: {} is shared by many organisations", place, name), "it makes nobody's side: list addresses instead");
  }

  void party(const std::string& place, const policy::Party& party, const policy::Sides& sides) {
    for (std::size_t i = 0; i < party.domains.size(); ++i)
      domain(fmt::format("{}/domains/{}", place, i), party.domains[i], sides);
    people(place + "/people", party.people);
    for (std::size_t i = 0; i < party.accounts.size(); ++i) account(fmt::format("{}/accounts/{}", place, i), party.accounts[i]);
  }

  void people(const std::string& place, const std::vector<policy::Person>& people) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      if (people[i].name.find_first_not_of(" \t") == std::string::npos)
        doubt(fmt::format("{}/{}/name: empty", place, i), "a person is known by the name: nothing shows this one's");
    }
  }

  /// A bound of nothing leaves nothing to judge.
  void bound(const std::string& place, const std::optional<std::uint64_t>& most) {
    if (most && *most == 0) doubt(place + ": 0 leaves nothing of a message to judge", "leave it out for the default");
  }

  [[nodiscard]] Result<std::vector<Error>> end() && {
    if (refused_) return tl::unexpected(*std::move(refused_));
    return std::move(doubts_);
  }

 private:
  void doubt(std::string what, std::string hint) { doubts_.push_back({std::move(what), file_, std::move(hint)}); }
  void refuse(std::string what, std::string hint) {
    if (!refused_) refused_ = Error{std::move(what), file_, std::move(hint)};
  }

  const std::string& file_;
  std::vector<Error> doubts_;
  std::optional<Error> refused_;
};

}  // namespace

Result<std::vector<Error>> doubts_about(const policy::Policy& policy, const std::string& file) {
  Walk walk(file);
  const Codes codes;
  const policy::Sides sides(policy);
  walk.party("/own", policy.own, sides);
  for (std::size_t i = 0; i < policy.counterparties.size(); ++i)
    walk.party(fmt::format("/counterparties/{}", i), policy.counterparties[i], sides);
  walk.people("/watch/people", policy.watch_people);
  walk.bound("/gateway/max_message_bytes", policy.gateway.max_message_bytes);
  walk.bound("/gateway/budget_ms", policy.gateway.budget_ms);
  for (const auto& [code, highest] : policy.severity) walk.code("/severity/" + code, code, codes.all);
  for (std::size_t i = 0; i < policy.gateway.rules.size(); ++i)
    walk.code(fmt::format("/gateway/rules/{}/code", i), policy.gateway.rules[i].code, codes.detectors);
  return std::move(walk).end();
}

}  // namespace threadline::pipeline
