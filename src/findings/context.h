// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/instant.h"
#include "base/note.h"
#include "base/span.h"
#include "facts/facts.h"
#include "findings/word_pairs.h"
#include "memory/memory.h"
#include "policy/policy.h"
#include "policy/sides.h"
#include "text/resemblance.h"

namespace threadline::findings {

enum class Direction { inbound, outbound, internal, unknown };
[[nodiscard]] std::string_view name_of(Direction direction);

class KnownDomains;

/// Somebody whom the policy names.
struct NamedPerson {
  std::string name;
  policy::Side side;                   ///< empty: only watched
  std::vector<std::string> addresses;  ///< lower case
  std::string role;                    ///< as in the policy
};

/// The policy compiled once for all messages. Threads: const use from any thread.
struct Ground {
  policy::Policy policy;
  policy::Sides sides;
  std::vector<memory::KnownAccount> ledger;                             ///< the policy's accounts, own and counterparties'
  std::optional<Direction> direction;                                   ///< forced (--direction), else by the sender's side
  std::shared_ptr<const text::References> firm;                         ///< domains of the own side and the counterparties
  std::shared_ptr<const text::References> watched;                      ///< the watch list
  std::map<std::string, std::vector<NamedPerson>, std::less<>> people;  ///< by person_key
  std::shared_ptr<KnownDomains> known;                                  ///< references from the memory, kept between messages

  explicit Ground(policy::Policy policy);
};

/// A participant of the conversation (findings.md).
struct Participant {
  message::Address person;
  policy::Side side;
  std::string message_id;   ///< of the real message it was seen in; empty: read from quoted history
  std::int32_t block = -1;  ///< index in Conversation::quoted where read from it
  Span span;
};

/// A domain of this message that resembles a reference domain.
struct LookalikeUse {
  std::string field;  ///< "from", "sender", "reply_to", "return_path", "to", "cc", "bcc", "envelope" (unseen recipients),
                      ///< "forwarded_from" (inline-forwarded) ...
  std::string address;
  text::Resemblance resemblance;
  std::string reference_kind;  ///< "own", "policy", "participant", "correspondent", "watch", "disputed" (fires again)
  Span span;
  std::string domain;        ///< registrable
  bool known_apart = false;  ///< the memory has known both names apart for months
  bool established = true;   ///< the reference is more than a name that was seen once
  std::int32_t block = -1;   ///< index in Conversation::quoted for forwarded_*
};

/// Somebody who takes a participant's place (findings.md, "takes the place of").
struct StandIn {
  std::string field;  ///< "from", "reply_to", "to", "cc", "bcc", "envelope"
  message::Address impostor;
  Participant taken;
  std::string how;  ///< "lookalike_domain", "same_name", "local_part", "freemail"
};

/// An account of this message and for whom it is presented.
struct Presented {
  std::size_t account = 0;   ///< index in facts.accounts
  policy::Side side;         ///< presented for
  bool paying = false;       ///< named by the paying side as its own, or an account of a recipient: not compared
  policy::Side writer;       ///< whose words it stands in: the side of the address that wrote, true or not
  bool by_stand_in = false;  ///< its author takes somebody's place, or is disputed: never learnt as known
  std::int32_t block = -1;   ///< index in Conversation::quoted of the message that presents it; -1: this one
  bool passed_on = false;    ///< a payee's, an employee's or a third's, handed on by somebody else: not compared, not learnt
};

/// What joins a message to earlier ones, the strongest that there is. `subject_only`: a reply by its subject to a message of the
/// same base subject among the same people, without any link or history (RFC 5256 section 2.2 step 5 joins those; here it only
/// serves to see who takes whose place).
enum class Joined { none, subject_only, quoted, thread_index, references };
[[nodiscard]] std::string_view name_of(Joined joined);

/// What detectors share about one message: computed once, read by all (DESIGN, findings).
struct Context {
  policy::Side sender_side;
  Direction direction = Direction::unknown;
  bool direction_told = false;          ///< by the session or the command line, and not by the sender's side
  bool continues_conversation = false;  ///< quotes or references an earlier message
  Joined joined = Joined::none;
  std::vector<const memory::Record*> ancestors;
  std::vector<const memory::Record*> same_subject;      ///< where nothing but the subject joins it to them
  std::vector<const memory::Record*> quoted_originals;  ///< parallel to conversation.quoted; nullptr where not in evidence
  /// Parallel to conversation.quoted: what the sender set as a quotation (">", indented, behind a bare separator), names nobody
  /// and copies nothing that is known, so that it is his own word. Empty where no account or request stands in one, and for the
  /// organisation's own people.
  std::vector<bool> lone_quotes;
  std::vector<Participant> participants;
  std::vector<LookalikeUse> lookalikes;
  std::vector<StandIn> stand_ins;
  std::vector<Presented> presented;
  std::vector<std::string> mailboxes;  ///< of the own side: the sender's and the recipients', lower case
  std::vector<memory::Copy> copies;    ///< that this message is
  std::vector<Note> notes;             ///< limits that the comparisons reached, each once
  bool about_payment = false;          ///< accounts, payment wording or an invoice in the conversation
  bool has_list_fields = false;        ///< the header is a mailing list's, a no-reply or ticket system's: anybody can write so
  bool lists_people = false;           ///< and the mail is ordinary, so that other addresses are its business

  /// Whether what stands in that quoted block (index in Conversation::quoted; -1: in the new text) is the sender's own word.
  [[nodiscard]] bool says(std::int32_t block) const;
  /// The first stand-in of that field, or nullptr.
  [[nodiscard]] const StandIn* stand_in(std::string_view field) const;
  [[nodiscard]] bool is_participant(std::string_view address) const;
  [[nodiscard]] bool is_participant_side(std::string_view side) const;
};

/// How a candidate is joined to the message that quotes it: by an equal subject alone, by ids, or by an id that stands in
/// References where the quoted level stands in the history (RFC 5322 section 3.6.4: the parent last).
enum class Kinship { subject, thread, place };
[[nodiscard]] Kinship kinship_of(const facts::QuotedBlock& block, const facts::Facts& carrier, const facts::Facts& candidate,
                                 bool same_thread);

/// Whether nothing says whose words a block is: only ">" stands before it.
[[nodiscard]] bool is_unnamed(const facts::QuotedBlock& block);
/// How surely an unnamed block is a copy of the candidate, by their words: [0, 1], 0 is no. A heuristic: the looser the kinship,
/// the more words must follow each other as they do in the candidate; of two bills by one form the one with the same numbers goes
/// first.
[[nodiscard]] double unnamed_score(const WordPairs& block, const WordPairs& candidate, Kinship kinship);

/// How surely the candidate is the message that a named block quotes: [0, 1], 0 is no. A heuristic: same sender, and the same
/// minute (whole hours apart where clients lost the zone) or the same words.
[[nodiscard]] double original_score(const facts::QuotedBlock& block, const facts::Facts& carrier, const facts::Facts& candidate,
                                    Kinship kinship);
/// The hashes of a quoted block's words, sorted, each as often as it is said; made when they are first asked for: it is held
/// against many candidates.
using SpokenWords = std::optional<std::vector<std::uint32_t>>;
[[nodiscard]] std::vector<std::uint32_t> spoken_words(std::string_view text, const memory::KeyedHash& hash);
/// The same of a message that the memory knows.
[[nodiscard]] double original_score(const facts::QuotedBlock& block, const facts::Facts& carrier, const memory::Record& candidate,
                                    Kinship kinship, SpokenWords& spoken);
/// The share of the block's words that an earlier message says: [0, 1], 1 where it has no words.
[[nodiscard]] double share_said(const facts::QuotedBlock& block, const memory::Record& by);
/// What the score asks of a text, for a store that keeps no words: their hashes, sorted, each once.
[[nodiscard]] std::vector<std::uint32_t> kept_spoken_words(std::string_view text, const memory::KeyedHash& hash);

/// The words of possible originals, each made once: many blocks are compared with them. Threads: one.
class CandidateWords {
 public:
  [[nodiscard]] const WordPairs& of(const facts::Facts& candidate);

 private:
  std::unordered_map<const facts::Facts*, WordPairs> made_;
};

/// What a judgement needs of a message alone, made before its turn comes, in whichever thread.
struct Prepared {
  std::shared_ptr<const memory::KeptText> text;          ///< of its new text
  std::vector<std::vector<memory::HistoryWord>> quoted;  ///< of its quoted blocks (kept_words)
  std::vector<std::vector<std::uint32_t>> spoken;        ///< of them (spoken_words)
};

/// `session`: what the mail server's session says of the direction; none: as the ground forces, else by the sender's side.
[[nodiscard]] Context read_context(const facts::Facts& facts, const memory::View& memory, const Ground& ground,
                                   std::optional<Direction> session = std::nullopt, const Prepared* prepared = nullptr);

}  // namespace threadline::findings
