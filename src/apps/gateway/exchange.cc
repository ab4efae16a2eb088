// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/exchange.h"

#include <cstring>

#include "base/bytes_form.h"
#include "pipeline/worker.h"

namespace threadline::gateway {
namespace {

struct ExchangeFields {
  static void of(auto& form, Is<Decision> auto& it) { form(it.action, it.would, it.failure, it.code, it.quiet); }
  static void of(auto& form, Is<Answer> auto& it) { form(it.decision, it.direction, it.message_id, it.codes, it.reason); }

  static constexpr Action last(Action /*unused*/) { return Action::reject; }
  static constexpr Failure last(Failure /*unused*/) { return Failure::memory; }
  static constexpr findings::Direction last(findings::Direction /*unused*/) { return findings::Direction::unknown; }
};

}  // namespace

std::string encode(const Question& question) {
  return packed<ExchangeFields>(question.arrived, question.session) + pipeline::encode_item(question.item);
}

std::optional<Question> decode_question(std::string_view bytes) {
  Question question;
  BytesReader<ExchangeFields> reader(bytes);
  reader(question.arrived, question.session);
  auto item = pipeline::decode_item(reader.rest());
  if (!reader.is_right() || !item) return std::nullopt;
  question.item = *std::move(item);
  return question;
}

std::string encode(const Answer& answer) { return packed<ExchangeFields>(answer); }

std::optional<Answer> decode_answer(std::string_view bytes) { return unpacked<Answer, ExchangeFields>(bytes); }

std::string said(Word word, std::string_view with) { return framed(std::string(1, static_cast<char>(word)).append(with)); }

Word word_of(std::string_view content) {
  for (const Word word : {Word::begins, Word::too_slow, Word::answer}) {
    if (content.starts_with(static_cast<char>(word))) return word;
  }
  return Word::waits;
}

std::string framed(std::string_view content) {
  const std::uint64_t length = content.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof length).append(content);
}

std::optional<std::string_view> whole_frame(std::string_view bytes, std::uint64_t most, bool& too_long) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return std::nullopt;
  std::memcpy(&length, bytes.data(), sizeof length);
  too_long = length > most;
  if (too_long || bytes.size() - sizeof length < length) return std::nullopt;
  return bytes.substr(sizeof length, length);
}

}  // namespace threadline::gateway
