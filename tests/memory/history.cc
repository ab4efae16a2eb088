// SPDX-License-Identifier: Apache-2.0
#include "memory/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/sha256.h"
#include "text/fold.h"

namespace threadline::memory::history {
namespace {

constexpr int kPeople = 6, kAccounts = 8, kSubjects = 4, kThreads = 3, kInvoices = 4, kPhones = 6;

std::string domain_of(const std::string& address) { return address.substr(address.find('@') + 1); }
std::string person(int number) { return fmt::format("p{}@firm{}.example", number, number % 3); }
std::string name_of(int number) { return fmt::format("person {}", number / 2); }
std::string side(int number) { return fmt::format("domain:firm{}.example", number); }
std::string account(int number) { return fmt::format("FR00{:04}", number); }
std::string guid(int number) { return fmt::format("guid-{}", number); }
std::string subject(int number) { return fmt::format("about matter {}", number); }
std::string invoice(int number) { return fmt::format("F2018{}", number); }
std::string phone(int number) { return fmt::format("+3319900{:04}", number); }

std::string place(const Instant& since, const std::string& id, const std::string& source) {
  return fmt::format("{} {} {}", since.seconds, id, source);
}

std::string line(const KnownAccount& known) {
  return fmt::format("{} {} {} {}{}", known.key, known.account.as_written, known.side,
                     place(known.since, known.message_id, known.source), known.from_quote ? " quoted" : "");
}

std::string line(const Correspondent* person) {
  if (person == nullptr) return "nobody";
  std::string text =
      fmt::format("{} {} {} {}..{} {} first {} of {}", person->address, person->name, person->side, person->first.seconds,
                  person->last.seconds, person->messages, person->habits.first.seconds, person->habits.messages);
  for (const KnownHabit& known : person->habits.known)
    text += fmt::format(" {}={}x{}@{}", known.habit.kind, known.habit.value, known.messages, known.first.seconds);
  for (const auto& [kind, count] : person->habits.told) text += fmt::format(" {}:{}", kind, count);
  return text;
}

std::string line(const Record* record) {
  if (record == nullptr) return "none";
  std::string text = fmt::format("{} {} {}{}", record->facts->message_id, record->known_at.seconds, record->side,
                                 record->disputed ? " disputed" : "");
  for (const auto& [key, presented_for] : record->presented) text += " " + key + ">" + presented_for;
  for (const Copy& copy : record->copies) text += fmt::format(" {}>{} {} {}", copy.mailbox, copy.to, copy.original, copy.sent);
  return text;
}

template <class List>
std::string lines(const std::string& title, const List& list) {
  std::string text;
  for (const auto& one : list) text += title + ": " + line(one) + "\n";
  return text;
}

std::string about_accounts(const View& view) {
  std::string text;
  for (int one = 0; one < 3; ++one) {
    text += lines("accounts of " + side(one), view.accounts_of(side(one)));
    text += lines("disputed of " + side(one), view.disputed_accounts_of(side(one)));
    for (int signer = 0; signer < kPeople; ++signer) {
      for (const KnownPhone& known : view.phones_of(side(one), person(signer)))
        text += fmt::format("phone: {} {} {} {}\n", known.phone.number, known.address, known.name_key,
                            place(known.since, known.message_id, known.source));
    }
    for (int number = 0; number < kPhones; ++number) {
      if (view.knows_number(side(one), phone(number))) text += fmt::format("number: {}\n", phone(number));
    }
    for (int number = 0; number < kPeople * kPhones; ++number) {
      const std::string signer = person(number / kPhones), signed_with = phone(number % kPhones);
      if (view.has_signed(side(one), signer, signed_with)) text += fmt::format("signed: {} {}\n", signer, signed_with);
    }
    for (int number = 0; number < kInvoices; ++number) {
      for (const BilledAccount& known : view.accounts_of_invoice(side(one), invoice(number)))
        text += fmt::format("billed {}: {} {}\n", invoice(number), known.account.value,
                            place(known.since, known.message_id, known.source));
    }
  }
  for (int number = 0; number < kAccounts; ++number) {
    text += lines("with key", view.accounts_with_key("iban:" + account(number)));
    if (view.is_disputed_account("iban:" + account(number))) text += "disputed " + account(number) + "\n";
  }
  return text;
}

std::string about_people(const View& view) {
  std::string text;
  for (int number = 0; number < kPeople; ++number) {
    text += line(view.correspondent(person(number))) + "\n" + lines("named", view.named(name_of(number)));
    if (view.is_disputed_address(person(number))) text += "disputed " + person(number) + "\n";
  }
  for (const View::KnownDomain& known : undisputed_domains(view))
    text += fmt::format("domain: {} {} {} {}\n", known.domain, known.first.seconds, known.messages, known.written_to);
  for (int number = 0; number < 3; ++number) {
    if (view.is_disputed_domain(fmt::format("firm{}.example", number))) text += fmt::format("disputed firm{}\n", number);
  }
  return text;
}

}  // namespace

Message::Message(int number, std::int64_t at, const std::string& from, const std::string& name) {
  facts.message_id = fmt::format("<{}@mail.example>", number);
  facts.sha256 = sha256_hex(std::to_string(number));
  facts.source = fmt::format("mail-{}.eml", number);
  facts.from = {{name, from}};
  facts.dates.known_at = Instant{at, 0};
  rest.known_at = Instant{at, 0};
  rest.side = "domain:" + domain_of(from);
  rest.sender_name_key = text::fold(name);
  rest.took_part = {{text::ascii_lower(from), domain_of(text::ascii_lower(from)), false}};
}

Message& Message::to(const std::string& address, bool by_own_side) {
  facts.to.push_back({{}, address});
  rest.took_part.push_back({address, domain_of(address), by_own_side});
  return *this;
}

Message& Message::account(const std::string& value, std::int32_t block) { return account_for(value, rest.side, block); }

Message& Message::account_for(const std::string& value, const policy::Side& for_side, std::int32_t block) {
  facts::Account one;
  one.kind = "iban";
  one.value = value;
  one.as_written = value + " in " + facts.message_id;
  one.block = block;
  one.level = block < 0 ? 0 : 1;
  if (block < 0)
    rest.presented.emplace_back(account_key(one), for_side);
  else
    rest.presented_quoted.emplace_back(facts.accounts.size(), for_side);
  facts.accounts.push_back(std::move(one));
  return *this;
}

Message& Message::invoice(const std::string& number) {
  facts.invoices.push_back({.number = number, .as_written = number, .span = {}});
  return *this;
}

Message& Message::phone(const std::string& number) {
  facts.phones.push_back({.number = number, .extension = {}, .as_written = number, .in_signature = true, .span = {}});
  return *this;
}

Message& Message::habit(const std::string& kind, const std::string& value) {
  facts.habits.push_back({kind, value});
  return *this;
}

Message& Message::thread(const std::string& which) {
  facts.thread.index = facts::ThreadIndex{.form = "classic", .root_time = {}, .guid = which, .child_times = {}};
  return *this;
}

Message& Message::subject(const std::string& folded) {
  facts.base_subject = folded;
  rest.subject_key = folded;
  return *this;
}

Message& Message::mailbox(const std::string& address) {
  rest.mailboxes.push_back(address);
  return *this;
}

Message& Message::copied(const std::string& mailbox, const std::string& to, bool sent) {
  rest.copies.push_back({mailbox, to, facts.message_id, sent});
  return *this;
}

Message& Message::disputed() {
  rest.disputed = true;
  return *this;
}

Message& Message::disputes(const std::string& address, const std::string& domain, const std::string& key) {
  if (!address.empty()) rest.disputed_addresses.push_back(address);
  if (!domain.empty()) rest.disputed_domains.push_back(domain);
  if (!key.empty()) rest.disputed_accounts.push_back(key);
  return *this;
}

Learnt Message::learnt() const {
  Learnt made = rest;
  made.facts = std::make_shared<facts::Facts>(facts);
  made.content = facts.sha256;
  for (const Learnt::TookPart& part : made.took_part) {
    const policy::Side one = "domain:" + part.registrable;
    if (std::ranges::find(made.taking_part, one) == made.taking_part.end()) made.taking_part.push_back(one);
  }
  return made;
}

Moment before(const Learnt& learnt) { return {learnt.known_at, learnt.facts->sha256, learnt.content}; }
Moment at(std::int64_t seconds) { return {Instant{seconds, 0}, "g", {}}; }  // behind all hexadecimal digits

std::vector<Learnt> made_up(std::uint32_t seed, int count) {
  std::mt19937 random(seed);
  const auto below = [&](int most) { return static_cast<int>(random() % static_cast<std::uint32_t>(most)); };
  std::vector<Learnt> made;
  for (int number = 0; number < count; ++number) {
    const int sender = below(kPeople);
    Message one(number, 1'000 + below(count) / 2, person(sender), name_of(sender));
    for (int recipients = below(3); recipients >= 0; --recipients) one.to(person(below(kPeople)), below(4) == 0);
    one.subject(subject(below(kSubjects))).habit("client", fmt::format("c{}", below(3)));
    if (below(2) == 0) one.thread(guid(below(kThreads)));
    if (below(3) == 0) one.habit("zone", fmt::format("{}", below(2)));
    if (below(3) == 0) one.account_for(account(below(kAccounts)), side(below(3)));
    if (below(3) == 0) one.account_for(account(below(kAccounts)), side(below(3)), 0);
    if (below(3) == 0) one.invoice(invoice(below(kInvoices)));
    if (below(4) == 0) one.phone(phone(below(kPhones)));
    if (below(2) == 0) one.mailbox(person(below(2)));
    if (below(3) == 0) one.copied(person(below(2)), person(below(kPeople)), below(2) == 0);
    if (below(12) == 0) one.disputed();
    if (below(25) == 0) one.disputes(person(below(kPeople)));
    if (below(40) == 0) one.disputes({}, fmt::format("firm{}.example", below(3)));
    if (below(25) == 0) one.disputes({}, {}, "iban:" + account(below(kAccounts)));
    made.push_back(one.learnt());
  }
  return made;
}

std::vector<Learnt> crowd(int count) {
  std::vector<Learnt> made;
  for (int number = 0; number < count; ++number) {
    Message one(4 * number, 1'000 + number, "ann@firm0.example", "ann example");
    one.phone(phone(number)).account(account(number)).invoice(invoice(0)).account(account(500 + number), 0);
    made.push_back(one.learnt());
    made.push_back(Message(4 * number + 1, 1'000 + number, fmt::format("ann{}@firm0.example", number), "ann example").learnt());
    made.push_back(Message(4 * number + 2, 1'000 + number, "eve@firm0.example", "eve")
                       .account(account(1'000 + number))
                       .disputed()
                       .disputes({}, {}, "iban:" + account(1'000 + number))
                       .learnt());
  }
  return made;
}

std::string crowd_answers(const View& view) {
  std::string text = lines("account", view.accounts_of(side(0))) + lines("disputed", view.disputed_accounts_of(side(0))) +
                     lines("named", view.named("ann example"));
  for (const KnownPhone& known : view.phones_of(side(0), "ann@firm0.example"))
    text += fmt::format("phone: {} {}\n", known.phone.number, place(known.since, known.message_id, known.source));
  for (const BilledAccount& known : view.accounts_of_invoice(side(0), invoice(0)))
    text += fmt::format("billed: {} {}\n", known.account.value, place(known.since, known.message_id, known.source));
  for (int number = 0; number < 200; ++number) {
    if (view.knows_number(side(0), phone(number))) text += fmt::format("number: {}\n", phone(number));
  }
  return text;
}

std::vector<View::KnownDomain> undisputed_domains(const View& view) {
  auto domains = view.domains();
  std::erase_if(domains, [](const View::KnownDomain& known) { return known.disputed; });
  return domains;
}

std::string answers(const View& view) {
  std::string text = about_accounts(view) + about_people(view);
  for (int number = 0; number < 12; ++number)
    text += "id: " + line(view.by_message_id(fmt::format("<{}@mail.example>", number))) + "\n";
  for (int number = 0; number < kThreads; ++number) text += lines("thread", view.by_thread_guid(guid(number), 7));
  for (int number = 0; number < 2; ++number) {
    text += lines("mailbox", view.latest_of_mailbox(person(number), 5));
    text += fmt::format("mailbox: {} messages\n", view.latest_of_mailbox(person(number), 1'000).size());
  }
  for (int number = 0; number < kSubjects; ++number) text += lines("subject", view.by_subject(subject(number), 7));
  return text;
}

}  // namespace threadline::memory::history
