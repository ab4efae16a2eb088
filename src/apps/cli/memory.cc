// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/kept_files.h"
#include "apps/cli/memory_option.h"
#include "apps/cli/options.h"
#include "apps/cli/output.h"
#include "apps/cli/surroundings.h"
#include "memory/postgresql_database.h"
#include "memory/upkeep.h"
#include "text/fold.h"

namespace threadline::apps {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kExamples = R"(Examples:
  threadline scan --memory firm.memory monday/
      makes the store, and keeps in it what these mails showed: who writes from where, which account belongs to whom
  threadline memory show firm.memory
      how many messages, people, domains and accounts it knows, since when, and its size; --access: who opened it
  threadline memory purge --person claire.martin@firm.example firm.memory
      forget somebody: what she wrote, and her address in what others wrote
  threadline memory purge --before 2024-01-01 firm.memory
      forget messages known before that day; what later ones show again stays known
  threadline memory export -o kept.jsonl firm.memory
      all that is kept, a line a message: an answer to whoever asks what is held about him
  threadline memory migrate firm.memory
      bring a store of an older version to this one

The store holds ids, addresses, accounts, habits and hashes, never texts or subjects (docs/memory.md). Each of these commands is
written down in it. Exit status: 0 done; 2 wrong usage; 4 the store could not be read or written (it is then left as it was).)";

struct MemoryOptions {
  std::string file, format = "text", person, domain, before, output;
  bool access = false, facts = false;
};

std::string day_text(std::int64_t day) {
  constexpr std::int64_t kDay = 86'400;
  return day == 0 ? std::string() : rfc3339_utc(Instant{day * kDay, 0}).substr(0, 10);
}

ordered_json summary_json(const memory::StoreSummary& summary, const std::string& file) {
  ordered_json json{{"file", memory::shown_name(file)},
                    {"version", summary.version},
                    {"bytes", summary.bytes},
                    {"messages", summary.messages},
                    {"disputing_messages", summary.disputed_messages},
                    {"senders", summary.senders},
                    {"domains", summary.domains},
                    {"accounts", summary.accounts},
                    {"phones", summary.phones},
                    {"disputes", summary.disputes}};
  if (summary.facts) json["facts"] = *summary.facts;
  json["since"] = summary.first ? ordered_json(rfc3339_utc(*summary.first)) : ordered_json();
  json["until"] = summary.last ? ordered_json(rfc3339_utc(*summary.last)) : ordered_json();
  json["learnt_from"] = summary.first_day == 0 ? ordered_json() : ordered_json(day_text(summary.first_day));
  json["learnt_to"] = summary.last_day == 0 ? ordered_json() : ordered_json(day_text(summary.last_day));
  json["accesses"] = ordered_json::array();
  for (const memory::Access& one : summary.accesses)
    json["accesses"].push_back({{"at", one.at}, {"who", one.who}, {"verb", one.verb}});
  return json;
}

void write_summary(std::ostream& out, const memory::StoreSummary& summary, const MemoryOptions& options) {
  if (options.access) {
    for (const memory::Access& one : summary.accesses) out << one.at << "  " << one.who << "  " << one.verb << '\n';
    return;
  }
  const auto line = [&](std::string_view name, const std::string& value) { out << fmt::format("{:<22}{}\n", name, value); };
  const auto count = [&](std::string_view name, std::uint64_t value) { line(name, std::to_string(value)); };
  line("store", memory::shown_name(options.file));
  line("version", std::to_string(summary.version));
  count("bytes", summary.bytes);
  count("messages", summary.messages);
  if (summary.first && summary.last) line("  dated", rfc3339_utc(*summary.first) + " to " + rfc3339_utc(*summary.last));
  if (summary.first_day > 0) line("  learnt", day_text(summary.first_day) + " to " + day_text(summary.last_day));
  count("  that dispute", summary.disputed_messages);
  count("senders", summary.senders);
  count("domains", summary.domains);
  count("accounts", summary.accounts);
  count("telephone numbers", summary.phones);
  count("disputed", summary.disputes);
  if (summary.facts) count("facts to be judged", *summary.facts);
  count("accesses", summary.accesses.size());
}

int show(const MemoryOptions& options) {
  const auto summary = memory::summary_of(options.file, access_for("memory show"));
  if (!summary) return fail(summary.error(), kNotWritten);
  const auto written = write_output({}, [&](std::ostream& out) {
    if (options.format == "json")
      out << summary_json(*summary, options.file).dump(1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    else
      write_summary(out, *summary, options);
  });
  return written ? static_cast<int>(kDone) : fail(written.error(), kNotWritten);
}

/// "2024-01-31" is that day's beginning in UTC.
Result<Instant> day_typed(const std::string& text) {
  CivilTime civil;
  char end = '\0';
  const bool is_day = std::sscanf(text.c_str(), "%4d-%2d-%2d%c", &civil.year, &civil.month, &civil.day, &end) == 3;
  const auto instant = is_day ? instant_of(civil, 0) : std::nullopt;
  if (!instant) return tl::unexpected(Error{"no day: " + text, {}, "--before 2024-01-31"});
  return *instant;
}

Result<memory::Purge> purge_of(const MemoryOptions& options) {
  memory::Purge purge;
  purge.whom = {text::ascii_lower(options.person), text::ascii_lower(options.domain)};
  purge.only_facts = options.facts;
  if (!options.person.empty() && options.person.find('@') == std::string::npos)
    return tl::unexpected(Error{"no address: " + options.person, {}, "--person name@firm.example"});
  if (options.before.empty()) return purge;
  const auto day = day_typed(options.before);
  if (!day) return tl::unexpected(day.error());
  purge.before = *day;
  return purge;
}

int purge(const MemoryOptions& options) {
  const auto asked = purge_of(options);
  if (!asked) return fail(asked.error(), kUsage);
  const char* verb = asked->only_facts        ? "memory purge --facts"
                     : asked->before          ? "memory purge --before"
                     : options.person.empty() ? "memory purge --domain"
                                              : "memory purge --person";
  const auto purged = memory::purge_store(options.file, *asked, access_for(verb));  // whom is not written down
  if (!purged) return fail(purged.error(), kNotWritten);
  if (!asked->only_facts)
    std::cout << fmt::format("{} messages forgotten, {} of others redacted\n", purged->messages, purged->redacted);
  if (asked->only_facts || purged->facts > 0) std::cout << fmt::format("facts of {} items dropped\n", purged->facts);
  return kDone;
}

ordered_json people_json(const std::vector<message::Address>& people) {
  ordered_json list = ordered_json::array();
  for (const message::Address& one : people) list.push_back({{"name", one.name}, {"address", one.address}});
  return list;
}

ordered_json kept_json(const memory::Learnt& learnt) {
  const facts::Facts& facts = *learnt.facts;
  ordered_json json{{"message_id", facts.message_id}, {"sha256", facts.sha256}, {"source", facts.source}};
  json["known_at"] = facts.dates.known_at ? ordered_json(rfc3339(*facts.dates.known_at)) : ordered_json();
  json["side"] = learnt.side;
  json["disputed"] = learnt.disputed;
  json["from"] = people_json(facts.from);
  json["reply_to"] = people_json(facts.reply_to);
  json["to"] = people_json(facts.to);
  json["cc"] = people_json(facts.cc);
  json["mailboxes"] = learnt.mailboxes;
  json["copies"] = ordered_json::array();
  for (const memory::Copy& copy : learnt.copies) json["copies"].push_back({{"mailbox", copy.mailbox}, {"to", copy.to}});
  json["references"] = facts.thread.references;
  json["quoted_from"] = ordered_json::array();
  for (const auto& block : facts.conversation.quoted)
    json["quoted_from"].push_back({{"name", block.from.name}, {"address", block.from.address}});
  json["accounts"] = ordered_json::array();
  for (const auto& account : facts.accounts) {
    if (!account.value.empty())
      json["accounts"].push_back({{"kind", account.kind}, {"value", account.value}, {"holder", account.holder}});
  }
  json["phones"] = ordered_json::array();
  for (const auto& phone : facts.phones) json["phones"].push_back(phone.number);
  json["habits"] = ordered_json::array();
  for (const auto& habit : facts.habits) json["habits"].push_back({{"kind", habit.kind}, {"value", habit.value}});
  json["documents"] = ordered_json::array();
  for (const auto& document : facts.attachments)
    json["documents"].push_back({{"name", document.name}, {"sha256", document.sha256}});
  json["protected_words"] = ordered_json::array();
  for (const auto& word : learnt.text->words) {
    if (!word.written.empty()) json["protected_words"].push_back(word.written);
  }
  json["hashed_words"] = learnt.text->words.size() - json["protected_words"].size();
  return json;
}

int export_all(const MemoryOptions& options) {
  if (const auto spared = KeptFiles().store(options.file).spared_by(options.output); !spared) return fail(spared.error(), kUsage);
  Result<void> read;
  const auto written = write_checked_output(options.output, [&](std::ostream& out) {
    read = memory::for_each_kept(options.file, access_for("memory export"), [&](const memory::Learnt& learnt) {
      out << kept_json(learnt).dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    });
    return read;
  });
  if (!read) return fail(read.error(), kNotWritten);
  return written ? static_cast<int>(kDone) : fail(written.error(), kNotWritten);
}

int migrate(const MemoryOptions& options) {
  const auto steps = memory::migrate_file_store(options.file, access_for("memory migrate"));
  if (!steps) return fail(steps.error(), kNotWritten);
  if (steps->empty()) std::cout << "nothing to do: the store is of this version\n";
  for (const std::string& step : *steps) std::cout << step << '\n';
  return kDone;
}

/// A verb with the file that it is about.
CLI::App* add_verb(CLI::App& command, Work& work, const std::shared_ptr<MemoryOptions>& options, const char* name,
                   const char* what, int (*verb)(const MemoryOptions&)) {
  CLI::App* sub = command.add_subcommand(name, what);
  sub->add_option("STORE", options->file, "the store (scan --memory STORE makes one): a file, or postgresql://user@host/database")
      ->required();
  sub->footer(std::string(kExamples));
  sub->callback([&work, options, verb] { work = [options, verb] { return verb(*options); }; });
  return sub;
}

}  // namespace

void add_memory(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("memory", "what earlier runs learnt: show, purge, export, migrate");
  command->require_subcommand(1);
  command->footer(std::string(kExamples));
  const auto options = std::make_shared<MemoryOptions>();
  CLI::App* shown = add_verb(*command, work, options, "show", "how much it knows, since when, and who opened it", show);
  shown->add_option("--format", options->format, "text (default), json")->check(CLI::IsMember({"text", "json"}));
  shown->add_flag("--access", options->access, "who opened it, when and for what");
  CLI::App* purged = add_verb(*command, work, options, "purge", "forget a person, a domain, or what is old", purge);
  auto* whom = purged->add_option_group("what is forgotten (one of them)");
  whom->add_option("--person", options->person, "an address: what it wrote, and itself in what others wrote")->type_name("ADDR");
  whom->add_option("--domain", options->domain, "the same of all addresses of a domain")->check(is_domain())->type_name("D");
  whom->add_option("--before", options->before, "messages known before that day (UTC)")->type_name("DATE");
  whom->add_flag("--facts", options->facts, "the facts alone that extract keeps for judge (whole mails); any purge drops them");
  whom->require_option(1);
  CLI::App* exported = add_verb(*command, work, options, "export", "all that is kept, as JSON lines", export_all);
  add_output_option(*exported, options->output);
  add_verb(*command, work, options, "migrate", "bring a store of an older version to this one", migrate);
}

}  // namespace threadline::apps
