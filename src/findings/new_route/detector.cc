// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::uint32_t kFewestMessages = 10;
constexpr std::int64_t kShortestTime = 14 * 86'400;
constexpr std::uint32_t kFewestTold = 5;     ///< messages that showed a habit of that kind
constexpr std::uint32_t kSeenOften = 3;      ///< messages after which a value is the sender's, however new
constexpr std::size_t kFewestDifferent = 2;  ///< features that break
constexpr std::size_t kMostValues = 3;       ///< different values of a habit; more: a third of the messages that told it
constexpr std::size_t kFewestShapes = 2;     ///< shapes that stand for a client that does not name itself
constexpr int kSummerTime = 60;              ///< minutes

/// One kind of habit of the message, beside what is known of it.
struct Comparison {
  std::string_view kind;
  std::vector<std::string> before;  ///< the sender's values
  std::vector<std::string> now;     ///< this message's
  bool differs = false;
};

/// A habit's break that is evidence.
struct Difference {
  std::string_view feature;
  Comparison comparison;
};

/// Two zones within an hour are summer and winter of one place, or neighbours.
bool is_one_zone(std::string_view left, std::string_view right) {
  int first = 0, second = 0;
  std::from_chars(left.data(), left.data() + left.size(), first);
  std::from_chars(right.data(), right.data() + right.size(), second);
  return std::abs(first - second) <= kSummerTime;
}

bool is_same(std::string_view kind, std::string_view left, std::string_view right) {
  return left == right || (kind == "zone" && is_one_zone(left, right));
}

/// What is compared for one sender and one message.
class Comparer {
 public:
  Comparer(const Case& it, const memory::SenderHabits& habits) : it_(it), habits_(habits) {}

  /// The habit of that kind, or nothing: the message does not show it, or the sender has no steady one.
  [[nodiscard]] std::optional<Comparison> compare(std::string_view kind) const {
    Comparison comparison{.kind = kind, .before = {}, .now = {}};
    for (const facts::Habit& habit : it_.facts.habits) {
      if (habit.kind == kind) comparison.now.push_back(habit.value);
    }
    if (comparison.now.empty() || !is_steady(kind)) return std::nullopt;
    comparison.differs = true;
    for (const memory::KnownHabit& known : habits_.known) {
      if (known.habit.kind != kind) continue;
      comparison.before.push_back(known.habit.value);
      const bool is_his = is_established(known) && std::ranges::any_of(comparison.now, [&](const std::string& value) {
                            return is_same(kind, known.habit.value, value);
                          });
      comparison.differs = comparison.differs && !is_his;
    }
    return comparison;
  }

  /// Tenant, login, operator, network: the first that can be compared decides. Where the sender's steady one is not shown, and
  /// the message shows another way in, it came by that.
  [[nodiscard]] std::optional<Comparison> network() const {
    constexpr std::array<std::string_view, 4> kWays{"tenant", "auth_source", "operator", "network"};
    for (const std::string_view kind : kWays) {
      if (auto comparison = compare(kind)) return comparison;
    }
    const auto steady = std::ranges::find_if(kWays, [&](std::string_view kind) { return is_steady(kind); });
    Comparison other{.kind = steady == kWays.end() ? "" : *steady, .before = {}, .now = {}, .differs = true};
    for (const facts::Habit& habit : it_.facts.habits) {
      if (habit.kind == "network" || habit.kind == "operator") other.now.push_back(habit.value);
    }
    if (steady == kWays.end() || other.now.empty()) return std::nullopt;
    for (const memory::KnownHabit& known : habits_.known) {
      if (known.habit.kind == *steady) other.before.push_back(known.habit.value);
      const bool is_shown = std::ranges::find(other.now, known.habit.value) != other.now.end();
      if (is_shown && is_established(known)) return std::nullopt;
    }
    return other;
  }

  /// A client that does not name itself shows in the shapes of what it writes: two of them have to be new.
  [[nodiscard]] std::optional<Comparison> client() const {
    if (auto named = compare("client")) return named;
    std::optional<Comparison> first;
    std::size_t different = 0;
    for (const std::string_view kind : {"ids", "boundary", "fields", "attribution"}) {
      auto shape = compare(kind);
      if (!shape || !shape->differs) continue;
      ++different;
      if (!first) first = std::move(shape);
    }
    return different >= kFewestShapes ? first : std::nullopt;
  }

 private:
  /// Shown by half of the messages or more, with few values.
  [[nodiscard]] bool is_steady(std::string_view kind) const {
    const auto told = habits_.told.find(kind);
    if (told == habits_.told.end() || told->second < kFewestTold || 2 * told->second < habits_.messages) return false;
    const auto values = static_cast<std::size_t>(
        std::ranges::count_if(habits_.known, [&](const memory::KnownHabit& known) { return known.habit.kind == kind; }));
    return values <= std::max<std::size_t>(kMostValues, told->second / 3);
  }

  /// Not what the last messages alone showed: those may be the same intruder's.
  [[nodiscard]] bool is_established(const memory::KnownHabit& known) const {
    const Instant now = it_.facts.dates.known_at.value_or(Instant{});
    return known.messages >= kSeenOften || now.seconds - known.first.seconds >= kShortestTime;
  }

  const Case& it_;
  const memory::SenderHabits& habits_;
};

std::vector<Difference> differences_of(const Case& it, const memory::SenderHabits& habits) {
  const Comparer comparer(it, habits);
  std::vector<Difference> differences;
  const auto add = [&](std::string_view feature, std::optional<Comparison> comparison) {
    if (comparison && comparison->differs) differences.push_back({feature, std::move(*comparison)});
  };
  if (!it.facts.mobile) {
    add("client", comparer.client());
    add("network", comparer.network());
  }
  add("dkim", comparer.compare("dkim"));
  add("language", comparer.compare("language"));
  add("zone", comparer.compare("zone"));
  return differences;
}

bool is_known_sender(const Case& it, const memory::SenderHabits& habits) {
  if (habits.is_full || habits.messages < kFewestMessages || !it.facts.dates.known_at) return false;
  return it.facts.dates.known_at->seconds - habits.first.seconds >= kShortestTime;
}

Value::List texts(const std::vector<std::string>& values) { return {values.begin(), values.end()}; }

/// What names the client: its own field, or the Message-ID whose shape gives it away.
Because client_words(const facts::Facts& facts) {
  if (facts.client.empty()) return header_words(facts, "Message-ID", facts.message_id);
  const Span mailer = facts::place_of(facts, "X-Mailer");
  return {facts.client, mailer.length > 0 ? mailer : facts::place_of(facts, "User-Agent")};
}

/// The words of the message that show the habit.
void add_because(const Case& it, std::string_view feature, Finding& finding) {
  const facts::Facts& facts = it.facts;
  if (feature == "client") finding.because.push_back(client_words(facts));
  if (feature == "zone" && facts.dates.header) finding.because.push_back(header_words(facts, "Date", facts.dates.header->text));
  if (feature == "network" && !facts.route.hops.empty())
    finding.because.push_back({"Received: " + facts.route.hops.front().raw, facts.route.hops.front().span});
  for (const facts::Dkim& dkim : facts.route.dkim) {
    if (feature == "dkim") finding.because.push_back({"DKIM-Signature: d=" + dkim.domain, dkim.span});
  }
}

Finding claim_of(const Case& it, const memory::SenderHabits& habits, const std::vector<Difference>& differences) {
  const std::string address = text::ascii_lower(sender_address(it.facts));
  Finding finding{.code = "new_route",
                  .severity = Severity::low,
                  .confidence = std::min(0.9, 0.3 + 0.15 * static_cast<double>(differences.size())),
                  .subject = address,
                  .evidence = {},
                  .because = {address_words(it.facts, "from", address)},
                  .attack = {"T1078"},
                  .disputes = {}};
  Value::List list;
  for (const Difference& one : differences) {
    Value value;
    value.set("what", one.feature).set("habit", one.comparison.kind);
    value.set("before", texts(one.comparison.before)).set("after", texts(one.comparison.now));
    list.push_back(std::move(value));
    add_because(it, one.feature, finding);
  }
  finding.evidence.set("address", address).set("differences", std::move(list));
  if (const facts::Origin& origin = it.facts.route.submission.origin; origin.is_known()) {
    Value value;
    value.set("country", origin.country)
        .set("as_number", static_cast<std::int64_t>(origin.as_number))
        .set("as_name", origin.as_name);
    finding.evidence.set("origin", std::move(value));
  }
  finding.evidence.set("messages", static_cast<std::int64_t>(habits.messages)).set("since", rfc3339(habits.first));
  return finding;
}

}  // namespace

Result<Check> prepare_new_route(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.context.lists_people || it.facts.habits.empty()) return findings;
    const memory::Correspondent* sender = it.memory.correspondent(sender_address(it.facts));
    if (sender == nullptr || !is_known_sender(it, sender->habits)) return findings;
    const auto differences = differences_of(it, sender->habits);
    if (differences.size() >= kFewestDifferent) findings.push_back(claim_of(it, sender->habits, differences));
    return findings;
  };
}

}  // namespace threadline::findings
