// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "facts/facts.h"
#include "memory/words.h"
#include "policy/sides.h"

namespace threadline::memory {

/// An outside address that a message of an own mailbox went to unseen, or that a message which the mailbox got was passed on to
/// (findings/outbound_auto_forward).
struct Copy {
  std::string mailbox, to;  ///< lower case
  std::string original;     ///< Message-ID of what was copied; its sha256 where it has none
  bool sent = false;        ///< the mailbox wrote the original; else it got it

  bool operator==(const Copy&) const = default;
};

/// A message that was judged before: what later messages ask of it.
struct Record {
  /// All of it, or of a message that a store kept only what kept_facts.h names; the text is then in `text` alone.
  std::shared_ptr<const facts::Facts> facts;
  Instant known_at;
  policy::Side side;                                            ///< of its sender
  bool disputed = false;                                        ///< a finding of high or more is about it
  std::vector<std::pair<std::string, policy::Side>> presented;  ///< account key ("iban:FR76...") -> side it was presented for
  std::shared_ptr<const KeptText> text = {};                    ///< nullptr: `facts` has the text itself
  std::vector<Copy> copies = {};                                ///< that this message is

  /// Whether its base subject, folded, is that one.
  [[nodiscard]] bool has_subject(std::string_view folded) const;
};

/// An account that was presented for a side before.
struct KnownAccount {
  std::string key;         ///< account_key
  facts::Account account;  ///< as first seen
  policy::Side side;
  Instant since;
  std::string message_id;  ///< where first seen; empty: the policy's ledger
  std::string source;
  bool from_quote = false;  ///< known from quoted history only
};

/// A telephone number that stood in somebody's signature before (faxes aside).
struct KnownPhone {
  facts::Phone phone;    ///< as first seen
  std::string address;   ///< of who signed, lower case
  std::string name_key;  ///< text::name_key of his name
  Instant since;
  std::string message_id, source;
};

/// An account that an invoice was to be paid to.
struct BilledAccount {
  facts::Account account;
  Instant since;
  std::string message_id, source;
};

/// A habit that earlier messages of one sender showed.
struct KnownHabit {
  facts::Habit habit;
  Instant first;
  std::uint32_t messages = 0;
};

/// How somebody wrote before: undisputed messages that tell of their sender (facts/habits.h).
struct SenderHabits {
  std::vector<KnownHabit> known;                           ///< in the order first seen
  std::map<std::string, std::uint32_t, std::less<>> told;  ///< kind -> messages that showed one
  std::uint32_t messages = 0;
  Instant first;
  bool is_full = false;  ///< more habits than are kept: what is not among them may be known all the same
};

/// Somebody who wrote before.
struct Correspondent {
  std::string address;  ///< lower case
  std::string name;     ///< display name last used
  policy::Side side;
  Instant first, last;
  std::uint32_t messages = 0;
  SenderHabits habits = {};
};

/// What earlier messages showed, read as of the message being judged: the store only holds what was known before it, because
/// pipeline judges in the order of known_at. Read-only view; detectors get this one.
class View {
 public:
  View();
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  virtual ~View() = default;

  [[nodiscard]] virtual const Record* by_message_id(std::string_view message_id) const = 0;
  /// The first messages whose Thread-Index has that GUID, oldest first.
  [[nodiscard]] virtual std::vector<const Record*> by_thread_guid(std::string_view guid, std::size_t most) const = 0;
  /// The latest messages with that base subject (folded), oldest first.
  [[nodiscard]] virtual std::vector<const Record*> by_subject(std::string_view base_subject, std::size_t most) const = 0;
  /// The latest messages that an own mailbox got or wrote (Learnt::mailboxes), newest first.
  [[nodiscard]] virtual std::vector<const Record*> latest_of_mailbox(std::string_view address, std::size_t most) const = 0;
  /// Undisputed accounts presented for that side before, oldest first. Limits: known_accounts, here and below: the first, which
  /// nobody who writes later can push out.
  [[nodiscard]] virtual std::vector<KnownAccount> accounts_of(const policy::Side& side) const = 0;
  /// The same account, of whatever sides it was presented for and undisputed; one entry a side, of twenty at most.
  [[nodiscard]] virtual std::vector<KnownAccount> accounts_with_key(std::string_view key) const = 0;
  /// Accounts that real messages presented for that side and that a finding of high or more is about, oldest first.
  [[nodiscard]] virtual std::vector<KnownAccount> disputed_accounts_of(const policy::Side& side) const = 0;
  /// Numbers in signatures of that address's undisputed messages for that side, each once, oldest first. Limits: known_numbers,
  /// the first.
  [[nodiscard]] virtual std::vector<KnownPhone> phones_of(const policy::Side& side, std::string_view address) const = 0;
  /// Whether phones_of(side, address) has that number. Asked first: it reads no message.
  [[nodiscard]] virtual bool has_signed(const policy::Side& side, std::string_view address, std::string_view number) const;
  /// Whether somebody of that side signed with that number, written so.
  [[nodiscard]] virtual bool knows_number(const policy::Side& side, std::string_view number) const = 0;
  /// Undisputed accounts that messages of that side named beside that invoice (facts::Invoice::number), oldest first. Limits:
  /// billed_accounts, the first.
  [[nodiscard]] virtual std::vector<BilledAccount> accounts_of_invoice(const policy::Side& side,
                                                                       std::string_view number) const = 0;
  [[nodiscard]] virtual const Correspondent* correspondent(std::string_view address) const = 0;
  /// Every registrable domain that took part before, with the instant it was first known. One that is disputed since stays in its
  /// place: what was made of the others is not made anew for it.
  struct KnownDomain {
    std::string domain;
    Instant first;
    std::uint32_t messages = 0;
    bool written_to = false;  ///< the own side wrote to it
    bool disputed = false;    ///< no reference, and not to be counted on
  };
  [[nodiscard]] virtual const std::vector<KnownDomain>& domains() const = 0;
  /// People by name key (text::name_key): undisputed correspondents of that name. Limits: known_namesakes, the first.
  [[nodiscard]] virtual std::vector<const Correspondent*> named(std::string_view name_key) const = 0;
  [[nodiscard]] virtual bool is_disputed_address(std::string_view address) const = 0;
  [[nodiscard]] virtual bool is_disputed_domain(std::string_view registrable) const = 0;
  [[nodiscard]] virtual bool is_disputed_account(std::string_view key) const = 0;

  /// What the texts of Learnt::text are hashed with; nullptr: the store keeps the facts, and wants no such text.
  [[nodiscard]] virtual const KeyedHash* word_hash() const { return nullptr; }

  /// What was made from domains() may be kept beside this number: no two memories of a process have the same one, and it changes
  /// whenever domains() did anything but grow at its end or have one disputed.
  [[nodiscard]] std::uint64_t number() const { return number_; }

 protected:
  void renumber();

 private:
  std::uint64_t number_ = 0;
};

/// What the judgement of one message adds: written by pipeline alone, after the findings (DESIGN rule 9).
struct Learnt {
  std::shared_ptr<const facts::Facts> facts;
  Instant known_at;
  policy::Side side;
  std::vector<std::pair<std::string, policy::Side>> presented;         ///< account key -> side it is presented for, new text
  std::vector<std::pair<std::size_t, policy::Side>> presented_quoted;  ///< index in facts->accounts -> side, of quoted levels
  std::vector<std::string> disputed_addresses, disputed_domains, disputed_accounts;
  bool disputed = false;

  /// An address that took part, in the forms that the memory asks by.
  struct TookPart {
    std::string address;      ///< lower case
    std::string registrable;  ///< of its domain; empty: none
    bool written_to = false;  ///< a recipient of an own-side message
  };
  std::vector<TookPart> took_part;  ///< From, Reply-To, To, Cc
  std::string sender_name_key;      ///< text::name_key of the sender's name
  std::string subject_key;          ///< text::fold of the base subject

  std::string content;  ///< what a copy in another file is the same by (pipeline/duplicates.h); empty: the bytes' sha256
  std::shared_ptr<const KeptText> text;  ///< where View::word_hash wants it
  std::vector<std::string> mailboxes;    ///< of the own side: the sender's and the recipients', lower case
  std::vector<Copy> copies;
  std::vector<policy::Side>
      taking_part;  ///< sides in From, To and Cc, named without any policy: what the own side is inferred from
};

/// `again` is a copy of a message that is known already, heard of now: it is known since the first came, with all who got either.
void join_copies(const Learnt& before, Learnt& again);

/// Nothing that later messages ask of it is otherwise.
[[nodiscard]] bool is_same_judgement(const Learnt& one, const Learnt& other);

/// Before which moment a message is judged: all that stands before it in the order of judgement (known_at, then sha256) is known.
struct Moment {
  Instant known_at;
  std::string sha256;
  std::string content;  ///< of the message itself (Learnt::content), whose copies do not speak about it; or empty
};

/// A side that takes part in messages, and in how many.
struct SideCount {
  policy::Side side;
  std::uint64_t messages = 0;
};

/// A memory that can be written to. A store on a disk may fail at any time: it then answers nothing, and commit() says why; what
/// was judged since the last commit is not to be used.
/// Threads: one at a time. Pointers that a View answers live until the next call of as_of or learn.
class Store : public View {
 public:
  /// From here on the view answers as of that moment. A store of one run, filled in the order of judgement, may ignore it.
  virtual void as_of(const Moment& moment);
  /// From here on the view answers all that was learnt (a gateway: what arrived before). `content` as in Moment.
  virtual void as_of_now(std::string_view content);
  /// From here on sides are named as that policy names them, whatever policy was in force when they were learnt.
  virtual void take_sides(const policy::Policy& policy);
  /// Learns a message, once: one of the same content changes nothing, unless it was judged otherwise: then what was learnt of it
  /// before is forgotten.
  virtual void learn(Learnt learnt) = 0;
  /// Writes what was learnt; a crash before it leaves what the last commit left. Errors: the store could not be read or written
  /// since it was opened.
  [[nodiscard]] virtual Result<void> commit();
  /// As commit; then what is kept in this process's memory to answer sooner is given back: a question that comes later reads it
  /// again.
  [[nodiscard]] virtual Result<void> let_go();
  /// Whether a message of that content was learnt.
  [[nodiscard]] virtual bool holds(std::string_view content) const;
  /// In how many messages each side took part, sides named without any policy (Learnt::taking_part), by side.
  [[nodiscard]] virtual std::vector<SideCount> sides_taking_part() const;
  /// All messages learnt.
  [[nodiscard]] virtual std::uint64_t messages() const;
};

/// A store of one run in this process's memory: it is filled in the order of judgement.
[[nodiscard]] std::unique_ptr<Store> in_memory();

/// What one account is the same by, in whichever notation it stands: "iban:FR76...", "us:" with the number's leading zeros left
/// out, "uk:" with sort code and number - also of the GB or IE IBAN that holds them (ISO 13616: kk, bank 4 letters, sort code 6,
/// number 8).
[[nodiscard]] std::string account_key(const facts::Account& account);

}  // namespace threadline::memory
