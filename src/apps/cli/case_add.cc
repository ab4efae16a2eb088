// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "apps/cli/case_folder.h"
#include "apps/cli/typed_time.h"
#include "pipeline/policy_effect.h"
#include "timeline/journal/record.h"

namespace threadline::apps {
namespace {

namespace journal = timeline::journal;

struct AddOptions {
  CaseOptions common;
  std::string kind = "action", tab, at, zone;
  journal::Written written;
  timeline::Payment payment;
};

bool is_any(const timeline::Payment& payment) {
  return !(payment.amount + payment.debited + payment.credited + payment.reference + payment.payee_check).empty();
}

/// The row as it is to be written. Errors: a time that is none; a text that is missing; facts of a payment that is none.
Result<journal::Written> written_row(const AddOptions& options, const journal::Opening& opening) {
  journal::Written written = options.written;
  for (const std::string& word : options.common.words) written.action += (written.action.empty() ? "" : " ") + word;
  if (options.kind == "payment") written.payment = options.payment;
  if (options.kind != "payment" && is_any(options.payment))
    return tl::unexpected(
        Error{"an amount, an account, a bank reference or a payee check is of a payment", {}, "--kind payment"});
  const bool is_event = options.tab.empty() ? options.kind != "action" : options.tab == "timeline";
  if (is_event) written.tab = timeline::Tab::timeline;
  if (written.action.empty() && options.kind != "payment")
    return tl::unexpected(Error{"what is to be added?", {}, "case add TEXT"});
  if (options.at.empty()) return written;
  const auto time = read_typed_time(options.at, options.zone.empty() ? opening.zone : options.zone);
  if (!time) return tl::unexpected(time.error());
  written.time = time->time;
  written.known_at = time->known_at;
  written.zone = time->zone;
  written.time_text = options.at;
  return written;
}

/// An IBAN that is typed wrong sends the bank after the wrong money: it is said, and written as it was typed.
void doubt_account(std::string_view option, const std::string& account, timeline::Language language) {
  policy::Policy naming;
  naming.own.accounts = {{.value = account, .label = {}, .since = {}}};
  if (account.empty() || pipeline::doubts_about(naming, {})) return;
  complain(timeline::phrase("case.account_wrong", language, {{"option", std::string(option)}, {"account", account}}));
}

int add(AddOptions options) {
  const auto folder = take_folder(options.common, Takes::words);
  if (!folder) return fail(folder.error(), kUsage);
  const auto opening = journal::opening_of(*folder);
  if (!opening) return fail(opening.error(), kUsage);
  const auto written = written_row(options, *opening);
  if (!written) return fail(written.error(), kUsage);
  const auto added = journal::write_row(*folder, *written, stamp_of(options.common));
  if (added && !written->time.empty())
    complain(timeline::phrase("case.time_read", opening->language, {{"time", written->time}, {"zone", written->zone}}));
  if (added && written->payment) {
    doubt_account("--debited", written->payment->debited, opening->language);
    doubt_account("--credited", written->payment->credited, opening->language);
  }
  return report_entry(added);
}

void add_payment_options(CLI::App& verb, timeline::Payment& payment) {
  verb.add_option("--amount", payment.amount, "of a payment: \"48 650,00 EUR\"")->group("Payment");
  verb.add_option("--debited", payment.debited, "account that was debited")->group("Payment");
  verb.add_option("--credited", payment.credited, "account that was credited")->group("Payment");
  verb.add_option("--reference", payment.reference, "the bank's reference")->group("Payment");
  verb.add_option("--payee-check", payment.payee_check, "what the check of the payee's name answered")->group("Payment");
}

}  // namespace

void add_case_add(CLI::App& command, Work& work) {
  CLI::App* verb = command.add_subcommand("add", "add a row by hand");
  const auto options = std::make_shared<AddOptions>();
  add_case_options(*verb, options->common, "TEXT", true);
  verb->add_option("--kind", options->kind,
                   "action (default; the second tab), event (the first tab), payment (a transfer that was made)")
      ->check(CLI::IsMember({"action", "event", "payment"}));
  verb->add_option("--tab", options->tab, "timeline or actions (default: by --kind)")
      ->check(CLI::IsMember({"timeline", "actions"}));
  verb->add_option("--at,--time", options->at, "when: \"05/04/2018 14:35\" (default: an action now, an event undated)")
      ->type_name("TIME");
  verb->add_option("--tz", options->zone, "the zone of --at (default: the case's, else UTC)")->type_name("ZONE");
  verb->add_option("--actor", options->written.actor, "who did it (default: --by on the second tab; on the first, nobody)")
      ->type_name("NAME");
  verb->add_option("--comment", options->written.comment, "what else there is to say")->type_name("TEXT");
  verb->add_option("--source", options->written.source, "where it is known from")->type_name("TEXT");
  add_payment_options(*verb, options->payment);
  verb->callback([&work, options] { work = [options] { return add(*options); }; });
}

}  // namespace threadline::apps
