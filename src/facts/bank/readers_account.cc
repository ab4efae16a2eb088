// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/readers_account.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "text/cued_pattern.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSentenceBefore = 200, kSentenceBehind = 140;  ///< bytes of the account's sentence that are read

/// Words between what leads to an account and its number.
constexpr std::string_view kLabels =
    "(?:[\\s:]+(?:l[ea]|the|d[ue]|compte|account|iban|rib|bancaire|bank|numero|number|n[or]?|est|is|nr))*[\\s:,(\"'-]*$";
constexpr std::string_view kGiven =
    "(?:indiqu|communiqu|transmis|fourni|donn|envoy|adress|remis|renseign|precis)[a-z]*";  ///< "que vous nous avez ..."
constexpr std::string_view kYouGave =
    "(?:that |which )?you (?:have |had |kindly )?(?:gave|given|provided|sent|supplied|submitted|indicated)\\b";
constexpr auto kTransferCues = {"virement"sv, "paiement"sv, "reglement"sv, "transfer"sv, "payment"sv, "remittance"sv, "refund"sv};
constexpr std::string_view kTransfer = "(?:virement|paiement|reglement|transfer|payment|remittance|refund)";

/// The account and its sentence, folded.
struct Surroundings {
  std::string before, behind;
};

/// Behind it the sentence ends with a full stop; a question that follows belongs to it ("... Est-il toujours valable ?").
std::size_t first_end(std::string_view text) {
  const auto end = text.find_first_of(".!?");
  if (end == text.npos || text[end] != '.') return end == text.npos ? text.size() : end + 1;
  const auto next = text.find_first_of(".!?\n", end + 1);
  return next != text.npos && text[next] == '?' ? next + 1 : end + 1;
}

Surroundings surroundings_of(const AccountPlace& place) {
  const auto from =
      next_character(place.text, std::max(place.previous_end, place.begin - std::min(place.begin, kSentenceBefore)));
  const auto to = next_character(place.text, std::min({place.text.size(), place.next_begin, place.end + kSentenceBehind}));
  auto before = place.text.substr(from, place.begin - from), behind = place.text.substr(place.end, to - place.end);
  before.remove_prefix(end_of_last_sentence(before));
  behind = behind.substr(0, behind.find("\n\n"));
  return {text::fold(before), text::fold(behind.substr(0, first_end(behind)))};
}

/// "Le RIB que vous nous avez transmis", "the account that you gave us", "le RIB de votre facture".
bool is_given(const Surroundings& around) {
  static const text::CuedPattern before(
      {"que vous", "you ", "possession", "que nous av", "we hold", "we have"},
      text::expression_of(
          {"(?:rib|iban|compte|coordonnees|coordonnees bancaires|account|details) (?:que vous (?:nous |m.|me l.|nous l.)?a[a-z]+ "
           "(?:[a-z]+ )?",
           kGiven, "|", kYouGave,
           "(?: (?:to )?(?:us|me))?|que vous venez d(?:e |.)(?:nous |m.)?(?:envoy|transmett|communiqu|donn|adress)[a-z]*|en "
           "notre "
           "possession|que nous avons (?:de|pour) vous(?: est (?:bien |toujours )?(?:correcte?|exacte?|valable|valide|bonn?e?|a "
           "jour))?|we (?:hold|have) (?:on file )?for you)",
           kLabels}));
  static const text::CuedPattern on_invoice(
      {" porte", " indique", " mentionne", " comporte", " shows", " states", " bears", " says"},
      text::expression_of({"(?:votre|your) (?:facture|invoice|avoir|credit note)[^.,;:!?]{0,24} "
                           "(?:porte|indique|mentionne|comporte|shows|states|bears|says)",
                           kLabels}));
  static const text::CuedPattern in_mail(
      {" says", " shows", " states", " gives", " indique", " mentionne", " donne"},
      text::expression_of({"\\b(?:(?:the|le|ce|this) (?:last|latest|dernier)|your(?: last| "
                           "latest)?|votre(?: dernier)?) (?:e-?mail|mail|message|letter|"
                           "courriel|courrier) (?:says|shows|states|gives|indique|mentionne|donne)",
                           kLabels}));
  static const text::CuedPattern on_file(
      {"dans notre", "dans nos", "chez nous", "our file", "our system", "our records"},
      text::expression_of(
          {"\\b(?:votre (?:rib|iban|compte bancaire)|vos coordonnees bancaires|your (?:bank (?:account|details)|iban))"
           "(?: [a-z]+){0,1} (?:dans (?:notre|nos) (?:base|fichiers?|systeme|dossiers?|logiciel)|"
           "(?:enregistre|connu)e?s? chez nous|(?:on|in) our (?:files?|system|records))",
           kLabels}));
  static const text::CuedPattern held(
      {"nous avons", "we have"},
      text::expression_of({"\\b(?:confirm|verifi|check)[a-z]* (?:bien )?(?:votre (?:rib|iban)|vos coordonnees "
                           "bancaires|your (?:bank details|iban))(?: svp| s.il vous plait| please)?, "
                           "(?:nous avons|we have)",
                           kLabels}));
  static const text::CuedPattern registered(
      {"fournisseur", "supplier", "vendor"},
      text::expression_of(
          {"\\b(?:vous|you)\\b[^.;:!?]{0,40} (?:enregistre|cree|reference|set up|set you up|registered)e?s? (?:comme|en tant "
           "que|as) "
           "(?:a |an |our |notre |nouveau )?(?:fournisseur|supplier|vendor)[^.;:!?]{0,20} (?:avec|with|sous)",
           kLabels}));
  static const text::CuedPattern behind(
      {"que vous", "dont vous", "you ", "a votre nom", "in your name", "rib de votre"},
      text::expression_of({"^[\\s),\"]*(?:[a-z]+ ){0,3}?(?:que vous (?:nous |m.)a[a-z]+ (?:[a-z]+ )?", kGiven,
                           "|dont vous (?:nous |m.)?a[a-z]+ (?:[a-z]+ )?", kGiven, "|", kYouGave,
                           "|ouverte? a votre nom|held in your name|\\(?rib de votre facture)"}));
  return before.is_in(around.before) || on_file.is_in(around.before) || held.is_in(around.before) ||
         registered.is_in(around.before) || on_invoice.is_in(around.before) || in_mail.is_in(around.before) ||
         behind.is_in(around.behind);
}

/// "... est bien le v\u00f4tre", "est-ce bien vous ?", "is it still valid?", "can you confirm that ... is correct before we pay".
bool is_to_be_confirmed(const Surroundings& around) {
  static const text::CuedPattern yours(
      {"votre", "yours", "your "},
      "^[\\s),\"]*(?:est|soit|etait|is|was)(?: bien| toujours| encore| indeed| really| still)? "
      "(?:l[ea]s? votres?|yours\\b|(?:votre (?:compte|rib|iban)(?: bancaire)?|your (?:bank )?(?:account|iban|details))"
      "(?:[\\s,.?!)]*$|[ ,]+(?:avant|afin|pour que|before|so that|until) ))");
  static const text::CuedPattern question(
      {"est-il", "est il", "est-ce", "est ce", "is it", "is this", "is that"},
      "(?:^|[\\s,.)])(?:est[- ](?:il|ce)|is (?:it|this|that)(?: account| iban| one)?)(?: bien| toujours| encore| vraiment| "
      "really| "
      "still| indeed)* (?:vous\\b|l[ea] votre|votre (?:nouveau |nouvel "
      ")?(?:compte|rib|iban)\\b|authentique|genuine|yours\\b|your "
      "(?:new )?(?:bank )?(?:account|iban|details)\\b)|"
      "(?:^|[\\s,.)])(?:est[- ](?:il|ce)|is (?:it|this|that))(?: bien)? (?:toujours|encore|still)(?: bien)? "
      "(?:valable|valide|correct|exact|a jour|l[ea] bonn?e?|right|valid|current|up to date)\\b");
  static const text::CuedPattern called_yours({"votre", "yours"},
                                              "\\best(?: bien)? l[ea] votre[ ,:(]*$|\\bis yours[ ,:(]*$|"
                                              "\\b(?:c.est|est-ce)(?: bien| toujours)* votre (?:rib|iban|compte)[ ,:(]*$");
  static const text::CuedPattern confirm({"confirm", "verif", "valide", "check"}, "\\b(?:confirm|verif|valide|check)");
  static const text::CuedPattern will_pay(
      {"before", "so that", "until", "avant", "afin", "pour que"},
      "(?:before|so that|until) we (?:can )?(?:pay|refund|transfer|send|wire|reimburse|release)|"
      "(?:avant que|afin que|pour que) nous |avant de vous (?:pay|regl|rembours|vir|vers)");
  static const text::CuedPattern this_one(
      {"confirm", "verifi", "check"},
      text::expression_of(
          {"\\b(?:confirm|verifi|check)[a-z]* (?:que )?(?:ces?t? |the |this |these |that )(?:rib|iban|compte|coordonnees|account|"
           "details)(?: (?:avant|before)(?: le| the| tout)? (?:paiement|virement|reglement|payment|transfer))?",
           kLabels}));
  if (yours.is_in(around.behind) || called_yours.is_in(around.before) || question.is_in(around.behind)) return true;
  if (this_one.is_in(around.before) && text::trimmed(around.behind).starts_with('?')) return true;
  return confirm.is_in(around.before) && (will_pay.is_in(around.before) || will_pay.is_in(around.behind));
}

/// Asks for a payment as well: the account may be where it is to go.
bool asks_to_pay(std::string_view words) {
  static const text::Pattern ask(
      "\\b(?:merci d|veuillez|priere|prions|attend|attente|please|kindly|confirm|pouvez|pourriez|could you|can you|a "
      "(?:payer|regler|virer|verser|adresser|faire)|to be (?:paid|sent)|should|must|devez|refaire|resend)|\\bsi |\\bif ");
  return ask.is_in(words);
}

/// "Merci de payer sur ...", "please use ...", "is to be paid to ...": whatever else the sentence calls the account, it is where
/// the reader is to pay.
bool orders_payment(const Surroundings& around) {
  static const text::Pattern order(
      "(?:merci d(?:e |.)|veuillez|priere d(?:e |.)|prie(?:rons|ons|z)? d(?:e |.)|please|kindly|thank you for|could you|can "
      "you|pou(?:vez|rriez)[- ]"
      "vous) ?(?:[a-z'-]+ ){0,2}?(?:payer|regler|virer|verser|effectuer|faire|utiliser|mettre|adresser|proceder|envoyer|noter|"
      "enregistrer|pay|paying|transfer|remit|send|wire|settle|use|using|update|make|process)\\b|"
      "\\ba (?:payer|regler|virer|verser)\\b|to be (?:paid|made|sent|settled)\\b");
  return order.is_in(around.before) || order.is_in(around.behind);
}

/// "Nous vous avons rembours\u00e9 sur ...", "your refund has been paid to ...": the writer's own payment, that is done.
bool is_paid_out(const Surroundings& around) {
  static const text::CuedPattern active(
      {"avons", "venons de", "remboursons", "j'ai", "j ai", "j\u2019ai", "viens de", "rembourse", "refunded", "paid",
       "transferred", "sent", "wired", "credited", "returned"},
      text::expression_of({"(?:nous (?:vous )?(?:avons|venons de|remboursons)|j.ai|je (?:vous )?(?:viens de|rembourse)|"
                           "\\bwe(?: have|.ve)?(?: just| already)? (?:refunded|paid|transferred|sent|wired|credited|returned))"
                           "(?: (?:bien|deja|vous|procede "
                           "au?|effectue|emis|rembourse[rz]?|paye[rz]?|regle[rz]?|vire[rz]?|verse[rz]?|restitue[rz]?))*"
                           "((?:[^.,;:!?]|,[0-9]){0,80}) ?(?:sur|vers|to|into|par virement sur)",
                           kLabels}));
  static const text::CuedPattern passive(
      {"ete ", "est parti", "est arrive", "est bien ", "been ", "was ", "were ", "went"},
      text::expression_of(
          {"\\b(?:(?:a|ont) (?:bien )?ete (?:paye|regle|vire|verse|emis|effectue|execute|rembourse|restitue)[a-z]*|est (?:bien )?"
           "(?:parti|arrive)e?|(?:has|have) been (?:paid|sent|transferred|refunded|credited)|(?:was|were) (?:paid|sent|"
           "transferred|refunded|credited)|(?:refund|deposit|money) went)\\b[^.,;:!?]{0,40} (?:sur|vers|to|into)",
           kLabels}));
  static const text::CuedPattern announced(
      {"sera ", "seront ", "est ", "sont ", "will be", "is being"},
      text::expression_of(
          {"\\b(?:votre|vos|your) (?:facture|avoir|note de frais|invoice|credit note|refund|remboursement)s?\\b[^.,;:!?]{0,60} "
           "(?:ser(?:a|ont)|est|sont|will be|is being) (?:paye|regle|vire|verse|rembourse|paid|settled|sent|refunded)[a-z]*"
           "[^;:!?]{0,60} (?:sur|vers|to|into)",
           kLabels}));
  if (const auto found = announced.find(around.before); found && !asks_to_pay((*found)[0])) return true;
  static const text::CuedPattern will_pay(
      {"pouvons",      "continu",   "allons",   "devons",   "paierons",      "payerons",    "payons",
       "reglons",      "reglerons", "virons",   "virerons", "rembourserons", "crediterons", "reverserons",
       "restituerons", "we can",    "we shall", "we will",  "we won",        "we continue", "we are going"},
      text::expression_of(
          {"(?:\\bnous (?:ne |n.)?(?:vous )?(?:(?:pouvons|continuons|continuerons|allons|devons) (?:pas |plus |a |donc )*(?:vous "
           ")?"
           "(?:payer|regler|virer|verser|rembourser)|paierons|payerons|payons|reglons|reglerons|virons|virerons|rembourserons|"
           "crediterons|reverserons|restituerons)\\b"
           "[^.,;:!?]{0,50} (?:sur|vers)|\\bwe (?:can|can.t|cannot|shall|will not|won.t|will|continue to|will continue to|are "
           "going "
           "to) (?:pay|transfer|refund|send|wire)\\b[^.,;:!?]{0,50} (?:to|into))",
           kLabels}));
  if (will_pay.is_in(around.before)) return true;
  static const text::CuedPattern source(
      {"nos ", "our "},
      text::expression_of(
          {"\\b(?:nos|our) (?:reglement|virement|paiement|payment|transfer)s?\\b[^.,;:!?]{0,60} (?:d[eu]|depuis|from)(?: notre| "
           "our)?(?: nouveau| new)?",
           kLabels}));
  if (source.is_in(around.before)) return true;
  static const text::CuedPattern own({"votre", "your", " et ", " and "},
                                     "\\b(?:votre|your) (?:regl|pai|vir|transfer|payment)| et | and ");
  if (const auto found = active.find(around.before)) {
    const auto middle = (*found)[1];
    if (!asks_to_pay((*found)[0]) && !own.is_in(middle)) return true;
  }
  const auto found = passive.find(around.before);
  return found && !asks_to_pay((*found)[0]);
}

/// What a bank writes: "your transfer to ... has been executed", "le virement vers ... a \u00e9t\u00e9 rejet\u00e9", "you added a
/// payee".
bool is_of_bank_notice(const Surroundings& around) {
  static const text::CuedPattern transfer(kTransferCues, text::expression_of({"\\b", kTransfer, "\\b"})),
      your(kTransferCues, text::expression_of({"\\b(?:votre|your) ", kTransfer, "\\b"})),
      beneficent({"a votre profit", "en votre faveur", "in your favour"},
                 text::expression_of({"\\b", kTransfer, "\\b[^.;:!?]{0,40} (?:a votre profit|en votre faveur|in your favour)"}));
  static const text::CuedPattern failed(
      {"rejete", "retourne", "refuse", "renvoye", "revenu", "returned", "rejected", "refused", "bounced"},
      "^[\\s),\"*]*(?:a (?:bien )?ete|has been|have been|was|nous (?:a ete|est)|est) "
      "(?:rejete|retourne|refuse|renvoye|revenu|returned|rejected|refused|bounced)");
  static const text::CuedPattern done({"execute", "effectue", "emis", "completed", "executed", "processed"},
                                      "^[\\s),\"*]*(?:a (?:bien )?ete|has been|have been|was) "
                                      "(?:execute|effectue|emis|completed|executed|processed)");
  static const text::CuedPattern payee(
      {"beneficiaire", "payee", "beneficiary"},
      "(?:vous avez|\\byou(?: have|.ve)?)(?: bien)? (?:ajoute|enregistre|cree|added|registered|created) [^.;!?]{0,60}"
      "(?:beneficiaire|payee|beneficiary)\\b[^.;!?]{0,80}$");
  static const text::CuedPattern your_payee(
      {"beneficiaire", "payee", "beneficiary"},
      "\\b(?:votre|your)(?: nouveau| new)? (?:beneficiaire|payee|beneficiary)\\b[^.;!?]{0,60}$");
  static const text::CuedPattern registered(
      {"enregistre", "ajoute", "cree", "active", "added", "registered", "created", "activated"},
      "^[\\s),\"*]*(?:a (?:bien )?ete|has been|is now) (?:enregistre|ajoute|cree|active|added|registered|created|activated)");
  if (payee.is_in(around.before)) return true;
  if (your_payee.is_in(around.before) && registered.is_in(around.behind)) return true;
  if (failed.is_in(around.behind) && transfer.is_in(around.before)) return true;
  const bool is_told = beneficent.is_in(around.before) || (done.is_in(around.behind) && your.is_in(around.before));
  return is_told && !asks_to_pay(around.before);
}

/// "Si vous avez re\u00e7u un mail vous demandant de payer sur ..., n'en tenez pas compte": what others ask, and the writer warns
/// of.
bool is_asked_by_others(const Surroundings& around) {
  static const text::CuedPattern demand(
      {"demand", "asking", "asks", "requesting", "invit"},
      text::expression_of(
          {"\\b(?:mail|mails|courriel|courriels|message|messages|email|emails|e-mail|e-mails|facture|invoice)\\b[^.,;:!?]{0,40} "
           "(?:(?:qui )?(?:vous |nous )?demand|asking|asks|requesting|invitant|vous invit)[^.,;:!?]{0,60}",
           kLabels}));
  if (!demand.is_in(around.before)) return false;
  static const text::Pattern warning(
      "n.en ten(?:ez|ir)|ne (?:le |la |les )?(?:payez|reglez|virez) (?:surtout )?pas|ignor|ce n.est pas (?:notre|le notre|nous)|"
      "ne vient pas de nous|not (?:our|ours|from us)\\b|do not pay|frauduleu|fraud|escroqu|arnaque|scam");
  static const text::Pattern denied(
      "(?:\\bnot|n.t|never|\\bpas|plus|jamais|sans)(?: [a-z]+)?(?: l.| )ignor|n.ignor|pas une (?:fraude|erreur|arnaque)|no(?:t "
      "a)? "
      "(?:fraud|scam)");
  return warning.is_in(around.behind) && !denied.is_in(around.behind);
}

/// "Ist das wirklich Ihr Konto?", "\u00bfEs su cuenta?" behind it, and "Is ... really your new account?" around it.
bool is_asked_whether_readers(const Surroundings& around) {
  static const text::CuedPattern abroad(
      {"ist d", "ist es", "gehort", "es ", "e il", "e la", "e davvero", "e effettivamente", "e mesmo", "e realmente", "e a ",
       "is di", "is da", "is de"},
      "(?:^|[^a-z])(?:ist (?:das|dies|diese|dieses|es)(?: konto| iban)?(?: (?:wirklich|noch|tatsachlich|immer|"
      "weiterhin))* ihre?s? (?:neue?s? )?(?:konto|iban|bankverbindung|kontoverbindung)|gehort (?:das|dieses) konto(?: wirklich| "
      "tatsachlich)? (?:zu )?ihnen|es (?:es[ta][aeo]? )?(?:cuenta |iban )?(?:realmente |de verdad |todavia )?(?:su|vuestra) "
      "(?:nueva )?(?:cuenta|iban)|e (?:davvero |effettivamente |ancora )?il (?:vostro|suo) (?:nuovo )?(?:conto|iban)|"
      "e (?:mesmo |realmente |ainda )?(?:a|o) (?:vossa|sua|vosso|seu) (?:nova |novo )?(?:conta|iban)|"
      "is (?:dit|dat|deze)(?: rekening| iban)?(?: (?:echt|wel|werkelijk|nog|inderdaad|steeds))* (?:uw|jullie) (?:nieuwe )?"
      "(?:rekening(?:nummer)?|iban|bankrekening))\\b[^.;!]*\\?");
  static const text::CuedPattern opens({"is", "est-ce que", "ist", "es", "e "},
                                       text::expression_of({"^[^a-z]*(?:[a-z]+, )?(?:is|est-ce que|ist|es|e)", kLabels}));
  static const text::CuedPattern yours(
      {"your", "votre", "ihr", "su ", "vostr", "uw "},
      "^[\\s)]*(?:(?:really|indeed|still|truly|now|est|bien|toujours|vraiment|wirklich|noch|realmente|davvero|echt)\\s+)*"
      "(?:yours|your (?:new |correct |current )?(?:bank )?(?:account|iban|details)|l[ea] votre|votre (?:nouveau |nouvel "
      ")?(?:compte|"
      "rib|iban)|ihre?s? (?:neue?s? )?(?:konto|iban|bankverbindung)|su (?:nueva )?cuenta|(?:il )?vostro (?:nuovo )?conto|uw "
      "(?:nieuwe "
      ")?rekening)\\b[^.;!]*\\?");
  static const text::CuedPattern checked(
      {"check", "verif", "confirm", "stimmt", "prufe"},
      text::expression_of({"\\b(?:check|verif[a-z]*|verify|confirm[a-z]*|stimmt|prufe[a-z]*)\\b[^.;!?]{0,24} "
                           "(?:iban|rib|compte|account|konto[a-z]*)"
                           "(?:[^.;!?]{0,20} (?:votre|your|ihrer?) (?:facture|invoice|bill|rechnung|mail|devis|quote|angebot))?",
                           kLabels}));
  static const text::CuedPattern on_yours(
      {"your", "votre", "ihre"}, "\\b(?:your|votre|ihrer?) (?:facture|invoice|bill|rechnung|mail|devis|quote|angebot)\\b");
  const bool is_checked = checked.is_in(around.before) && around.behind.find('?') != std::string::npos;
  const std::string question = around.behind.substr(0, around.behind.find_first_of(".;!?"));
  if (is_checked && (on_yours.is_in(around.before) || on_yours.is_in(question))) return true;
  return abroad.is_in(around.behind) || (yours.is_in(around.behind) && opens.is_in(around.before));
}

/// "We were told to pay to ... from now on. Is this right?", "someone sent us this account in your name": what the writer was
/// asked, and doubts.
bool is_doubted(const Surroundings& around) {
  static const text::CuedPattern told(
      {"us to ", "told to", "asked to", "instructed to", "requested to", "demand", "invit", "prie"},
      text::expression_of(
          {"\\b(?:(?:asks?|asked|asking|tells?|told|telling|instruct(?:s|ed|ing)?|request(?:s|ed|ing)?|invit(?:es|ed|ing)|want(?:"
           "s|"
           "ed|ing)?) us to|we (?:were|are|have been|had been) (?:told|asked|instructed|requested|invited) to|(?:il |on )?nous "
           "(?:a |ont |avait )?(?:ete )?(?:demand|invit|pri)(?:e|ee|ant|ent|ait|aient)s? (?:d[e']|a)) ?(?:now )?(?:pay|send|wire|"
           "settle|remit|make|payer|regler|virer|verser|effectuer|faire)\\b(?:[^.,;:!?]|[.,][0-9]){0,70} "
           "?(?:to|on|into|sur|vers)",
           kLabels}));
  static const text::CuedPattern doubt({"?", "not pa", "n't pa", "pas ", "call ", "appel", "fraud", "suspic"},
                                       "\\b(?:right|correct|genuine|legit[a-z]*|true|really|you|yours|juste|exact|vrai|vous|"
                                       "normal|possible|bien)\\b[^.;!?]{0,24}\\?|\\b(?:not|n.t) (?:yet )?(?:pay|paid)|\\bpas "
                                       "(?:encore )?(?:paye|regle|vire)|\\bcall "
                                       "(?:me|us)|appele[rz]|fraud|suspic");
  static const text::CuedPattern all_bills({"invoice", "facture", "bills"}, "\\b(?:invoices|factures|bills)\\b");
  return told.is_in(around.before) && !all_bills.is_in(around.before) && doubt.is_in(around.behind);
}

/// "Someone sent us this account in your name", "wir haben eine E-Mail erhalten (...). Stammt sie von Ihnen?"
bool came_in_readers_name(const Surroundings& around) {
  static const text::CuedPattern in_name({"your name", "votre nom", "to be you", "pour vous"},
                                         "\\b(?:someone|somebody|quelqu.un|we (?:got|received|have received)|nous avons "
                                         "recu|(?:an? |un |une )(?:e-?mail|mail|message|"
                                         "courriel|letter|call|appel))\\b[^.;!?]{0,60} (?:in your name|[ae]n? votre "
                                         "nom|(?:claiming|pretending) to be you|se faisant "
                                         "passer pour vous)[^.;!?]{0,30}$");
  static const text::CuedPattern received({"erhalten", "bekommen"},
                                          "\\b(?:haben|habe)\\b[^.;!?]{0,40}\\b(?:e-?mail|mail|nachricht|schreiben|brief|"
                                          "anruf)\\b[^.;!?]{0,40} (?:erhalten|bekommen)[\\s:(]*(?:iban[\\s:]*)?$");
  static const text::CuedPattern from_you({"von ihnen"}, "\\bvon ihnen\\b[^.;!]*\\?");
  return in_name.is_in(around.before) || (received.is_in(around.before) && from_you.is_in(around.behind));
}

/// "Did you change your account to ...?": not "have you changed our account to ...?", nor "the account".
bool is_asked_about_change(const Surroundings& around) {
  static const text::CuedPattern changed(
      {"chang", "modifi", "switch", "gewechselt", "geandert", "cambia"},
      text::expression_of(
          {"\\b(?:avez[- ]vous|auriez[- ]vous|did you|have you|haben sie|ha(?:be)?n? cambiado|avete)\\b([^.;!?]{0,30} (?:chang|"
           "modifi|switch|gewechselt|geandert|cambia)[a-z]*[^.;!?]{0,40})",
           kLabels}));
  static const text::CuedPattern yours(
      {"your", "votre", "vos ", "ihr", "su ", "sus ", "vuestr", "vostr", "de ", "d'", "d ", "bank"},
      "\\b(?:your|votre|vos|ihre?[mnrs]?|sus?|vuestr[ao]s?|vostr[aeio])\\b|\\bd[e' ] ?(?:rib|iban|banque|compte)\\b|"
      "\\b(?:changed?|switch(?:ed)?) banks?\\b");
  const auto asked = changed.find(around.before);
  return asked && yours.is_in((*asked)[1]) && text::trimmed(around.behind).starts_with('?');
}

/// "Please recall our transfer of 12,000 EUR to ...": a payment that is to be stopped, and nothing in its place.
bool is_recalled(const Surroundings& around) {
  static const text::CuedPattern recall(
      {"opposition", "recall", "cancel", "stop", "block", "freeze", "revers", "trace", "rappel", "annul", "bloqu", "zuruck"},
      text::expression_of(
          {"\\b(?:recall|cancel|stop|block|freeze|reverse|trace|rappel(?:er|ez)|annul(?:er|ez)|bloqu(?:er|ez)|stopp(?:er|ez)|"
           "zuruck(?:rufen|holen)|opposition)\\b(?:[^.,;:!?]|[.,][0-9]){0,40}\\b(?:our|my|the|this|notre|nos|mon|le|ce|unsere|"
           "die) "
           "(?:[a-z]+ "
           ")?(?:wire|transfer|payment|order|debit|virement|paiement|reglement|prelevement|uberweisung|zahlung)s?\\b((?:[^.,;:"
           "!?]|[.,][0-9]){0,80}) "
           "?(?:to|into|vers|sur|auf|an|au profit)",
           kLabels}));
  static const text::CuedPattern german(
      {"rufen", "holen", "ruf ", "hol "},
      text::expression_of(
          {"\\b(?:rufen|holen|ruf|hol)\\b[^.;!?]{0,24} (?:uberweisung|zahlung)\\b(?:[^.,;:!?]|[.,][0-9]){0,80} ?(?:an|auf)",
           kLabels}));
  const bool is_german = german.is_in(around.before);
  const auto found = recall.find(around.before);
  if (!is_german && !found) return false;
  static const text::Pattern instead(
      "\\b(?:pay|send|resend|instead|again|make|redirect|wire|remit|credit|issue|direct|transfer it|payer|payez|refaire|refaites|"
      "effectuer|effectuez|faire|faites|regler|reglez|virer|virez|verser|versez|zahlen|uberweisen)\\b");
  static const text::Pattern goes_on("\\b(?:and|then|et|puis|und|dann)\\b");
  if (is_german) return around.behind.find("zuruck") != std::string::npos && !instead.is_in(around.behind);
  return !instead.is_in((*found)[1]) && !goes_on.is_in((*found)[1]) && !instead.is_in(around.behind);
}

}  // namespace

bool is_readers_account(const AccountPlace& place) {
  const auto around = surroundings_of(place);
  if (is_paid_out(around) || is_of_bank_notice(around) || is_asked_by_others(around) || is_recalled(around)) return true;
  if (orders_payment(around)) return false;
  return is_given(around) || is_to_be_confirmed(around) || is_asked_whether_readers(around) || is_doubted(around) ||
         came_in_readers_name(around) || is_asked_about_change(around);
}

}  // namespace threadline::facts
