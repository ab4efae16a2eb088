// SPDX-License-Identifier: Apache-2.0
#include "facts/outlook_accounts.h"

#include <algorithm>

#include "facts/conversation/conversation.h"
#include "text/outlook_comments.h"

namespace threadline::facts {

std::vector<Account> accounts_for_outlook(const message::Text& text, int offset, const Limits& limits) {
  if (!text.html) return {};
  const auto comments = text::outlook_comments(text.content);
  if (comments.empty() || !may_hold_account(text::words_of(text.content, comments))) return {};
  message::Text shown = text;
  shown.content = text::shown_by_outlook(text.content, comments);
  const ReadText body = read_text(shown, limits);
  std::vector<Note> notes;  // what passes a limit here passes it in what all clients show
  std::vector<Account> accounts = read_accounts(body, read_quoted(body, offset, limits), limits, notes);
  std::erase_if(accounts, [&](const Account& account) {
    const auto comment = std::ranges::upper_bound(comments, account.span.offset, {}, &text::OutlookComment::end);
    const bool is_in = comment != comments.end() && account.span.offset + account.span.length > comment->begin;
    return !is_in || account.block >= 0 || !account.valid || account.masked ||
           account.kind == "bic";  // a quoted one is another's
  });
  return accounts;
}

}  // namespace threadline::facts
