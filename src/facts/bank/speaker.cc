// SPDX-License-Identifier: Apache-2.0
// Who speaks in a sentence: by its words as they were said, of which eight letters are compared (neighbour_words.h).
#include "facts/bank/speaker.h"

#include <algorithm>

#include "facts/bank/spoken.h"

namespace threadline::facts {
namespace {

constexpr auto kMails =
    packed_words("caller", "courriel", "courriels", "email", "emails", "mail", "mails", "message", "messages", "sms", "texts");
constexpr auto kLetters = packed_words("letter", "letters", "lettre", "lettres");
constexpr auto kGot = packed_words("envoye", "envoyees", "got", "received", "recu", "recue", "sent");
/// Before a mail: it is the writer's own, or one that the reader is to hand on.
constexpr auto kOwn =
    packed_words("by", "ce", "cet", "cette", "forward", "kindly", "mes", "mon", "my", "nos", "notre", "our", "par", "pass",
                 "please", "pls", "previous", "send", "share", "this", "transmettre", "transmettez", "via");
constexpr auto kFirstPerson =
    packed_words("am", "avons", "have", "i", "j", "je", "m", "me", "moi", "mine", "nous", "re", "us", "ve", "vous", "we", "you");
constexpr auto kSubjects = packed_words("i", "j", "je", "nous", "we");
constexpr auto kSent = packed_words("adresse", "emailed", "envoye", "made", "sent", "transmis", "wrote");
constexpr auto kReports =
    packed_words("annoncant", "annonce", "annoncent", "announce", "announces", "announcing", "ask", "asked", "asking", "asks",
                 "claim", "claiming", "claims", "demandant", "demande", "demandent", "demanding", "disaient", "disait", "disant",
                 "disent", "dit", "indiquant", "informing", "instructing", "invitant", "pretend", "pretendant", "pretending",
                 "pretends", "priant", "purport", "purporting", "reclamant", "request", "requesting", "requests", "said", "say",
                 "saying", "says", "seem", "semblent", "stating", "tell", "telling", "tells", "told", "urging");
constexpr auto kGoingRound =
    packed_words("around", "circulation", "circule", "circulent", "circulating", "passer", "passant", "round");
constexpr auto kAsksOf =
    packed_words("asked", "asking", "asks", "demandant", "demande", "demandent", "emailed", "instructs", "requested", "requests",
                 "tells", "telling", "told", "tricked", "tricks", "urges", "wrote", "writes");
constexpr auto kThirdPersons =
    packed_words("accountant", "accounting", "bookkeeper", "client", "clients", "clerk", "collaborateur", "comptable",
                 "comptabilite", "customer", "customers", "employee", "employees", "finance", "fournisseur", "her", "him", "hr",
                 "leur", "locataire", "locataires", "lui", "member", "members", "payroll", "people", "rh", "salarie", "salaries",
                 "someone", "staff", "supplier", "suppliers", "tenant", "tenants", "them");
constexpr auto kSwindlers = packed_words(
    "arnaqueur", "attacker", "attackers", "criminal", "criminals", "escroc", "escrocs", "fraudeur", "fraudeurs", "fraudster",
    "fraudsters", "hacker", "hackers", "hackeur", "impostor", "impostors", "imposter", "imposters", "crook", "crooks", "gang",
    "voleur", "voleurs", "pirate", "pirates", "scammer", "scammers", "swindler", "swindlers", "thief", "thieves");
constexpr auto kSomebody = packed_words("quelqu", "somebody", "someone");
constexpr auto kAskedBefore = packed_words("can", "could", "get", "have", "may", "peut", "please", "would");
constexpr auto kFalse = packed_words("fake", "false", "fausse", "faux");
constexpr auto kAgents = packed_words("against", "by", "contre", "des", "from", "of", "par");
constexpr auto kAdjectives = packed_words("a", "an", "des", "the", "un", "une", "unknown");
constexpr auto kActs =
    packed_words("change", "changes", "changing", "changeant", "changent", "detournent", "divert", "email", "emailed", "emails",
                 "hacked", "pirate", "envoie", "envoient", "ecrit", "ecrivent", "modifient", "pose", "posing", "redirect", "send",
                 "sending", "sends", "switch", "update", "updates", "write", "writes", "writing", "wrote");
constexpr auto kFarActs =
    packed_words("asked", "asks", "emailed", "emails", "envoie", "ecrit", "sends", "sent", "writes", "wrote");
constexpr auto kVictims =
    packed_words("berne", "bernee", "conned", "deceived", "duped", "escroque", "escroquee", "tricked", "trompe", "trompee");
constexpr auto kPassive = packed_words("been", "ete", "got", "was", "were");
constexpr auto kPersons = packed_words("femme", "homme", "individu", "man", "person", "personne", "woman");
constexpr auto kNarrates = packed_words("appele", "asked", "called", "claimed", "demande", "pretendait", "rang", "said", "told");
constexpr auto kReceivedOne = packed_words("got", "received", "recu", "recue");
constexpr auto kEvery = packed_words("any", "every", "tout", "toute", "toutes", "tous");
constexpr auto kOneOf = packed_words("a", "an", "d", "de", "des", "un", "une");
constexpr auto kDemands =
    packed_words("appel", "courriel", "demande", "demandes", "email", "mail", "message", "request", "requests");
constexpr auto kPapersToo = packed_words("facture", "invoice", "invoices", "letter", "lettre");
constexpr auto kNotices = packed_words("avis", "news", "notice", "notices", "notification");
constexpr auto kAnybody = packed_words("anybody", "anyone", "on", "quelqu", "somebody", "someone");
constexpr auto kLiable = packed_words("liability", "liable", "responsabilite");
constexpr auto kCalls = packed_words("appelez", "call", "check", "phone", "ring", "telephonez");
constexpr auto kBefore = packed_words("avant", "before");
constexpr auto kActing = packed_words("acting", "agir", "donner", "paying", "payer", "relying", "tenir");
constexpr auto kGets = packed_words("get", "gets", "receive", "receives", "recoit", "recoivent");
constexpr auto kWordings =
    packed_words("formulation", "formule", "line", "phrase", "phrases", "sentence", "sentences", "typical", "typique", "wording");
constexpr auto kIfWords = packed_words("if", "si");
constexpr auto kSees = packed_words("entendez", "get", "hear", "lisez", "read", "receive", "recevez", "see", "voyez");
constexpr auto kReader = packed_words("vous", "you");
constexpr auto kStaff =
    packed_words("agents", "anyone", "ceux", "celles", "collaborateurs", "collaborateur", "colleague", "colleagues", "employee",
                 "employees", "members", "personnes", "personnel", "salarie", "salaries", "staff", "those", "workers");
constexpr auto kWho = packed_words("qui", "who", "whose", "wishing", "wanting", "souhaitant");
constexpr auto kLets = packed_words("allows", "enables", "lets", "permet", "permettent", "permettra", "permettre");
constexpr auto kMay = packed_words("can", "may", "pouvez", "pourrez");
constexpr auto kChanges = packed_words("changes", "changements", "modifications", "updates");
constexpr auto kDeadlines = packed_words("cut", "cutoff", "deadline", "limite");
constexpr auto kChangesMust = packed_words("are", "doivent", "must", "need", "require", "should", "will");
constexpr auto kOfChanges = packed_words("any", "d", "de", "des", "du", "in", "of", "to", "tout", "toute");
constexpr auto kAskedOfUs = packed_words("ask", "asked", "asking", "asks", "demande", "demandait", "demandant", "demandent",
                                         "instructed", "invitant", "invite", "invited", "prie", "requested", "told");
constexpr auto kUs = packed_words("me", "us");
constexpr auto kTo = packed_words("a", "d", "de", "to");
constexpr auto kPays = packed_words("pay", "payer", "regler", "remit", "send", "settle", "transfer", "verser", "virer", "wire");
constexpr auto kWriter = packed_words("i", "j", "je", "me", "mine", "moi");

/// "I sent you a letter": the writer's own. Who received or knows of one is no sender.
bool is_sent_by_writer(Spoken spoken, std::size_t at) {
  constexpr std::size_t kReach = 6;
  const auto sends = [&](std::size_t subject) {
    return subject < at && at - subject <= kReach && stands(spoken, subject + 1, subject + 4, kSent);
  };
  return any_place(spoken, kSubjects, sends);
}

bool is_others_mail(Spoken spoken, std::size_t at) {
  constexpr std::size_t kOwnReach = 2, kGotReach = 4;
  if (is_sent_by_writer(spoken, at) || stands(spoken, at + 1, at + 2, kFirstPerson)) return false;
  if (is_one_of(spoken[at], kLetters)) return stands(spoken, back(at, kGotReach), at + kGotReach, kGot);
  const auto noun = at > 0 && spoken[at - 1] == packed("e") ? at - 1 : at;
  return !stands(spoken, back(noun, kOwnReach), noun, kOwn);
}

/// "In our name", "en notre nom", "au nom de".
bool is_in_our_name(Spoken spoken, std::size_t begin, std::size_t end) {
  constexpr auto kNames = packed_words("name", "nom");
  constexpr auto kOurNames = packed_words("company", "my", "notre", "our");
  for (std::size_t at = begin + 1; at < std::min(end, spoken.size()); ++at) {
    if (is_one_of(spoken[at], kNames) && is_one_of(spoken[at - 1], kOurNames)) return true;
  }
  return false;
}

/// "E-mails asking you to pay ...", "messages qui annoncent ...", "an e-mail is going round".
bool tells_of_mails(Spoken spoken) {
  constexpr std::size_t kReach = 7;
  const auto is_reported = [&](std::size_t mail) {
    if (!is_others_mail(spoken, mail)) return false;
    if (stands(spoken, mail + 1, mail + kReach, kGoingRound) || is_in_our_name(spoken, mail, mail + kReach)) return true;
    for (std::size_t at = mail + 1; at < std::min(mail + kReach, spoken.size()); ++at) {
      if (is_one_of(spoken[at], kReports) && !stands(spoken, std::max(mail + 1, back(at, 2)), at, kFirstPerson)) return true;
    }
    return false;
  };
  return any_place(spoken, kMails, is_reported) || any_place(spoken, kLetters, is_reported);
}

/// "A colleague asks HR to ...", "leur demandant de ...".
bool tells_of_asking(Spoken spoken) {
  constexpr std::size_t kSubject = 3, kObject = 3;
  return any_place(spoken, kAsksOf, [&](std::size_t at) {
    if (stands(spoken, back(at, kSubject), at, kFirstPerson)) return false;
    const bool leads = at > 0 && (spoken[at - 1] == packed("leur") || spoken[at - 1] == packed("lui"));
    return leads || stands(spoken, at + 1, at + 1 + kObject, kThirdPersons);
  });
}

/// "How attackers change ...", "someone requesting ...": not "attacked by hackers", "can someone ...".
bool tells_of_swindlers(Spoken spoken) {
  constexpr std::size_t kReach = 5;
  constexpr std::size_t kFarReach = 12;
  const auto acts = [&](std::size_t at) {
    return stands(spoken, at + 1, at + kReach, kActs) || stands(spoken, at + 1, at + kReach, kReports) ||
           stands(spoken, at + 1, at + kFarReach, kFarActs);
  };
  const auto is_swindler = [&](std::size_t at) { return !stands(spoken, back(at, 2), at, kAgents) && acts(at); };
  const auto is_somebody = [&](std::size_t at) { return !stands(spoken, back(at, 1), at, kAskedBefore) && acts(at); };
  const auto is_false = [&](std::size_t at) {
    if (stands(spoken, at + 1, at + 3, kMails) || stands(spoken, at + 1, at + 2, kPapersToo)) return true;
    return stands(spoken, back(at, 1), at, kAdjectives) && stands(spoken, at + 1, at + 2, kThirdPersons) && acts(at);
  };
  return any_place(spoken, kSwindlers, is_swindler) || any_place(spoken, kSomebody, is_somebody) ||
         any_place(spoken, kFalse, is_false);
}

/// "A supplier was tricked into ...", "a man called and asked us to ...": what happened.
bool tells_of_victims(Spoken spoken) {
  constexpr std::size_t kReach = 4;
  const auto is_passive = [&](std::size_t at) {
    return stands(spoken, back(at, 2), at, kPassive) && !stands(spoken, back(at, kReach), at, kFirstPerson);
  };
  const auto narrates = [&](std::size_t at) {
    return stands(spoken, back(at, 1), at, kOneOf) && stands(spoken, at + 1, at + 1 + kReach, kNarrates);
  };
  return any_place(spoken, kVictims, is_passive) || any_place(spoken, kPersons, narrates);
}

/// "Any request to pay on other details", "received a request to change ...": requests, and not this one.
bool is_of_requests(Spoken spoken) {
  constexpr std::size_t kGotReach = 6;
  return any_place(spoken, kDemands, [&](std::size_t at) {
    if (stands(spoken, back(at, 1), at, kEvery)) return true;
    const bool is_one = stands(spoken, back(at, 1), at, kOneOf);
    return is_one && stands(spoken, back(at, kGotReach), at, kReceivedOne) &&
           is_one_of(spoken[at], packed_words("request", "demande"));
  });
}

/// "Call a known number before acting on ...", "if anyone asks you ...", "no liability": what the reader is told to heed.
bool is_advice(Spoken spoken) {
  const auto acts = [&](std::size_t at) {
    constexpr std::size_t kCallBefore = 8, kAct = 3;
    return stands(spoken, at + 1, at + 1 + kAct, kActing) && stands(spoken, back(at, kCallBefore), at, kCalls);
  };
  const auto is_anybody = [&](std::size_t at) { return stands(spoken, at + 1, at + 2, kAnybody); };
  const auto gets_mail = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kGets) && stands(spoken, at + 2, at + 5, kMails);
  };
  const auto is_received = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kReader) && stands(spoken, at + 2, at + 3, packed_words("get", "receive", "recevez")) &&
           (stands(spoken, at + 3, at + 6, kDemands) || stands(spoken, at + 3, at + 6, kNotices));
  };
  return any_place(spoken, kIfWords, is_received) || any_place(spoken, kBefore, acts) ||
         any_place(spoken, kIfWords, is_anybody) || stands(spoken, kLiable) || any_place(spoken, kThirdPersons, gets_mail) ||
         any_place(spoken, kStaff, gets_mail);
}

/// Whether all that speaks of an account and a change stands between the quotation marks.
bool is_quoted(const Sentence& sentence) {
  if (sentence.quotation_marks < 2) return false;
  return std::ranges::all_of(sentence.hits, [&](const Sentence::Hit& hit) {
    const bool is_quoted = hit.at > sentence.quoted_from && hit.at <= sentence.quoted_to;
    return is_quoted || (hit.meaning.classes & (kNouns | kChange | kFresh | kClosed | kSalary)) == 0;
  });
}

/// "If you see that sentence", "the typical wording is", said of words between quotation marks.
bool is_about_quotation(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  if (stands(spoken, kWordings)) return true;
  const auto is_seen = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kReader) && stands(spoken, at + 2, at + 3, kSees);
  };
  const auto is_said = [&](std::size_t at) { return !stands(spoken, back(at, 3), at, kFirstPerson); };
  constexpr auto kSays = packed_words("asks", "asking", "demande", "dit", "ecrit", "says", "saying", "writes");
  return any_place(spoken, kIfWords, is_seen) || any_place(spoken, kSays, is_said);
}

/// "Your colleague asked me to send our new bank details": what follows the verb is the writer's own to give.
bool gives_own_details(Spoken spoken, std::size_t verb) {
  constexpr std::size_t kOwner = 4, kNoun = 4;
  constexpr auto kOwners = packed_words("mes", "mon", "my", "nos", "notre", "our");
  constexpr auto kGiven = packed_words("coordonn", "details", "iban", "rib");
  return any_place(spoken, kOwners, [&](std::size_t at) {
    return at > verb && at <= verb + kOwner && stands(spoken, at + 1, at + 1 + kNoun, kGiven);
  });
}

/// "We were told to pay to ...", "on nous demande de payer sur ...": what others ask of the writer.
bool tells_of_being_asked(Spoken spoken) {
  constexpr std::size_t kObject = 3;
  return any_place(spoken, kAskedOfUs, [&](std::size_t at) {
    const bool is_passive = stands(spoken, back(at, kObject), at, kSubjects) && stands(spoken, back(at, 1), at, kPassive);
    const bool is_active = stands(spoken, at + 1, at + 2, kUs) || stands(spoken, back(at, kObject), at, packed_words("nous"));
    const std::size_t verb = stands(spoken, at + 1, at + 2, kUs) ? at + 3 : at + 2;
    return (is_passive || is_active) && stands(spoken, verb - 1, verb, kTo) && stands(spoken, verb, verb + 1, kPays) &&
           !gives_own_details(spoken, verb);
  });
}

bool has_sign(Spoken spoken) {
  return tells_of_mails(spoken) || tells_of_being_asked(spoken) || tells_of_asking(spoken) || tells_of_swindlers(spoken) ||
         tells_of_victims(spoken) || is_of_requests(spoken) || is_advice(spoken);
}

/// "Ignore any mail from our old address, our account has changed": a clause of the writer's own tells of the change.
bool announces_itself(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  const auto has = [&](std::size_t clause, std::uint64_t wanted) {
    return std::ranges::any_of(
        sentence.hits, [&](const Sentence::Hit& hit) { return hit.clause == clause && (hit.meaning.classes & wanted) != 0; });
  };
  for (std::size_t clause = 0; clause <= sentence.clause_begins.size(); ++clause) {
    if (!has(clause, kOurs | kMy) || !has(clause, kNouns) || !has(clause, kChange | kFresh | kClosed | kOld)) continue;
    const auto begin = clause == 0 ? 0 : sentence.clause_begins[clause - 1];
    const auto end = clause < sentence.clause_begins.size() ? sentence.clause_begins[clause] : spoken.size();
    if (!stands(spoken, begin, begin + 2, kReports) && !has_sign(spoken.subspan(begin, end - begin))) return true;
  }
  return false;
}

}  // namespace

bool tells_of_others(const Sentence& sentence) {
  if (sentence.has(kHere)) return false;
  return (is_quoted(sentence) && is_about_quotation(sentence)) || (has_sign(sentence.spoken) && !announces_itself(sentence));
}

bool is_for_all_staff(const Sentence& sentence) {
  const Spoken spoken = sentence.spoken;
  if (sentence.has(kMy | kHere) || stands(spoken, kWriter)) return false;
  const auto is_all = [&](std::size_t at) {
    const bool is_any = stands(spoken, back(at, 1), at, kAnyOne) && stands(spoken, at + 1, at + 3, kActs);
    return is_any || stands(spoken, at + 1, at + 3, kWho);
  };
  const auto is_permitted = [&](std::size_t at) { return stands(spoken, at + 1, at + 2, kMay); };
  const auto is_any_change = [&](std::size_t at) {
    return stands(spoken, at + 1, at + 2, kOfChanges) || stands(spoken, back(at, 3), at, packed_words("any", "no")) ||
           stands(spoken, at + 1, at + 2, kChangesMust);
  };
  return any_place(spoken, kStaff, is_all) || any_place(spoken, kReader, is_permitted) || stands(spoken, kLets) ||
         stands(spoken, kDeadlines) || any_place(spoken, kChanges, is_any_change);
}

}  // namespace threadline::facts
