// SPDX-License-Identifier: Apache-2.0
#include "pipeline/verdict.h"

#include <utility>

#include "base/bytes_form.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

/// The members of what was concluded, in their order.
struct VerdictFields {
  static void of(auto& form, Is<Note> auto& it) { form(it.code, it.text, it.span); }
  static void of(auto& form, Is<findings::Because> auto& it) { form(it.text, it.span); }
  static void of(auto& form, Is<findings::Finding> auto& it) {
    form(it.code, it.severity, it.confidence, it.subject, it.evidence, it.because, it.attack, it.disputes.addresses,
         it.disputes.domains, it.disputes.accounts);
  }
  static void of(auto& form, Is<findings::Presented> auto& it) {
    form(it.account, it.side, it.paying, it.writer, it.by_stand_in, it.block, it.passed_on);
  }
  template <class Form>
  static void of(Form& form, Is<std::shared_ptr<const facts::Facts>> auto& it) {
    std::string bytes;
    if constexpr (!Form::kReads) bytes = it == nullptr ? "" : encode_facts({*it});
    form(bytes);
    if constexpr (Form::kReads) {
      auto facts = decode_facts(bytes);
      if (facts && !facts->empty()) it = std::make_shared<const facts::Facts>(std::move(facts->front()));
    }
  }
  static void of(auto& form, Is<Verdict> auto& it) { form(it.direction, it.findings, it.presented, it.notes, it.remembered); }
  static void of(auto& form, Is<MissingSearch::Claim> auto& it) { form(it.finding, it.is_sure); }
  static void of(auto& form, Is<Sequel> auto& it) { form(it.originals, it.claims); }
};

bool decoded(std::string_view bytes, auto& conclusion) {
  BytesReader<VerdictFields> reader(bytes);
  reader(conclusion);
  return reader.is_done();
}

}  // namespace

std::string encode(const Verdict& verdict) { return packed<VerdictFields>(verdict); }

std::string encode(const Sequel& sequel) {
  return sequel.originals.empty() && sequel.claims.empty() ? std::string() : packed<VerdictFields>(sequel);
}

bool decode(std::string_view bytes, Verdict& verdict) { return decoded(bytes, verdict); }

bool decode(std::string_view bytes, Sequel& sequel) { return decoded(bytes, sequel); }

}  // namespace threadline::pipeline
