// SPDX-License-Identifier: Apache-2.0
// Accounts and requests in hostile text: spans stay inside, values are what they say, valid ones pass their checks.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace {

using namespace threadline;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_account(const facts::Account& account, std::string_view text) {
  require(account.span.offset + account.span.length <= text.size());
  require(account.as_written == text.substr(account.span.offset, account.span.length));
  require(account.hidden == !account.hidden_how.empty());
  require(!account.value.empty() && account.value.size() <= 64);
  if (account.kind == "iban" && account.valid && !account.masked) require(facts::check_iban(account.value).valid());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::vector<char> exact(reinterpret_cast<const char*>(bytes), reinterpret_cast<const char*>(bytes) + size);
  const std::string_view text(exact.data(), exact.size());
  const threadline::Limits limits;
  std::uint64_t last = 0;
  for (const auto& account : facts::find_accounts(text, limits)) {
    check_account(account, text);
    require(account.span.offset >= last);
    last = account.span.offset;
  }
  facts::ReadText body;
  body.text = text;
  std::vector<threadline::Note> notes;
  for (const auto& request : facts::read_requests(body, {}, limits, notes)) {
    require(request.span.offset + request.span.length <= text.size());
    require(!request.kind.empty() && !request.language.empty());
  }
  return 0;
}
