// SPDX-License-Identifier: Apache-2.0
// Forms of Received fields that are rarer than the counted shapes, one row a rule, with synthetic names. Sources: the MTAs'
// manuals and sources, and the forms that SpamAssassin's Received.pm documents.
#include <gtest/gtest.h>

#include "transport_received_line.h"

namespace threadline::facts {
namespace {

struct Form {
  const char* name;
  const char* value;
  const char* line;
};

class ReceivedForm : public testing::TestWithParam<Form> {};

TEST_P(ReceivedForm, SaysWhatItsMtaWrote) { EXPECT_EQ(line_of(read_exact(GetParam().value)), GetParam().line); }

#define AT "; Thu, 5 Apr 2018 10:37:00 +0200"
#define TIME " time{2018-04-05T10:37:00+02:00}"

const Form kForms[] = {
    {"GmailForSeveral",
     "from pc ([192.0.2.1]) by smtp.gmail.com with ESMTPSA id l1sm2 for <multiple recipients> (version=TLS1_2 cipher=A)" AT,
     "helo{pc} ip{192.0.2.1} by{smtp.gmail.com} with{ESMTPSA} tls{TLS1.2} cipher{A} id{l1sm2} for{multiple recipients}" TIME
     " shape{google}"},
    {"GmailApi", "from 1044 named unknown by gmailapi.google.com with HTTPREST" AT,
     "helo{1044} by{gmailapi.google.com} with{HTTPREST}" TIME " shape{google}"},
    {"SmtpsvcOverTls", "from pc ([192.0.2.71]) by EXCHANGE over TLS secured channel with Microsoft SMTPSVC(6.0.3790.4675)" AT,
     "helo{pc} ip{192.0.2.71} by{EXCHANGE} with{Microsoft SMTPSVC} tls{TLS}" TIME " shape{ms_smtpsvc}"},
    {"SmtpsvcWithoutHelo", "from  ([192.0.2.78] RDNS failed) by mx.firm.example with Microsoft SMTPSVC(6.0.3790.0)" AT,
     "ip{192.0.2.78} by{mx.firm.example} with{Microsoft SMTPSVC}" TIME " shape{ms_smtpsvc}"},
    {"MailMarshal",
     "from ex.firm.example (Not Verified[192.168.16.23]) by m.firm.example with MailMarshal (v6,2,2,3503) id <B48>" AT,
     "helo{ex.firm.example} ip{192.168.16.23} by{m.firm.example} with{MailMarshal} id{<B48>}" TIME " shape{mailmarshal}"},
    {"NameAndAddressInOneWord", "from pc (h.isp.example[203.0.113.15]) by m.firm.example (relay1) with SMTP id <2007>" AT,
     "helo{pc} name{h.isp.example} ip{203.0.113.15} by{m.firm.example} with{SMTP} id{<2007>}" TIME},
    {"SendmailUser",
     "from [192.168.2.102] (h.isp.example [203.0.113.18]) (user=jean mech=LOGIN bits=0) by m.firm.example (8.13.8/8.13.8) with "
     "ESMTP id lA7" AT,
     "helo{[192.168.2.102]} name{h.isp.example} ip{203.0.113.18} by{m.firm.example} with{ESMTP} id{lA7} auth{jean}" TIME
     " shape{sendmail}"},
    {"SendmailIdent",
     "from a.firm.example (IDENT:qmailr@b.firm.example [192.0.2.84]) by c.example (8.11.6/8.11.6) with ESMTP id h" AT,
     "helo{a.firm.example} name{b.firm.example} ip{192.0.2.84} by{c.example} with{ESMTP} id{h}" TIME " shape{sendmail}"},
    {"SgiMailFrom",
     "(from majordomo@localhost) by c.example (8.8.8/8.8.7) id OAA8 for linux-list" AT " (PDT) mail_from (a@firm.example)",
     "by{c.example} id{OAA8} for{linux-list} env{a@firm.example}" TIME " shape{sendmail}"},
    {"QpsmtpdCipherBeforeProtocol",
     "from Unknown (HELO firm.example) (10.0.1.2) (smtp-auth username jean, mechanism cram-md5) by m.firm.example (qpsmtpd/0.94) "
     "with (AES256-SHA encrypted) ESMTPS" AT,
     "helo{firm.example} ip{10.0.1.2} by{m.firm.example} with{ESMTPS} cipher{AES256-SHA} auth{jean}" TIME " shape{qpsmtpd}"},
    {"CommuniGateAccountWithoutName",
     "from [198.51.100.7] (account jean@firm.example HELO [192.168.1.5]) by mx.firm.example (CommuniGate Pro SMTP 6.2.14) with "
     "ESMTPSA id 4" AT,
     "helo{[192.168.1.5]} ip{198.51.100.7} by{mx.firm.example} with{ESMTPSA} id{4} auth{jean@firm.example}" TIME
     " shape{communigate}"},
    {"StratoWritesWhatTheClientSaid", "from [203.0.113.99] by smtp.strato.de (RZmta 49.8.1 AUTH) with ESMTPSA id K7" AT,
     "helo{[203.0.113.99]} by{smtp.strato.de} with{ESMTPSA} id{K7}" TIME " shape{strato}"},
    {"UsingTlsList", "from a.example (Not Verified[198.51.100.7]) by g.own.example (using TLS: TLSv1.2, AES256-SHA) id <B5>" AT,
     "helo{a.example} ip{198.51.100.7} by{g.own.example} tls{TLS1.2} cipher{AES256-SHA} id{<B5>}" TIME},
    {"NotEncrypted", "from a.example ([203.0.113.9]) by g.own.example with ESMTP (NOT encrypted)" AT,
     "helo{a.example} ip{203.0.113.9} by{g.own.example} with{ESMTP}" TIME},
    {"CourierSsl",
     "from pc ([203.0.113.9]) (AUTH: LOGIN jean, SSL: TLS1.2,128bits,ECDHE_RSA_AES) by s.firm.example with ESMTPSA" AT,
     "helo{pc} ip{203.0.113.9} by{s.firm.example} with{ESMTPSA} tls{TLS1.2} cipher{ECDHE_RSA_AES} auth{jean}" TIME
     " shape{courier}"},
    {"QmailUserBeforeBracket",
     "from unknown (HELO pc) (jean@firm.example@[203.0.113.9]) by m.firm.example (qmail-ldap-1.03) with ESMTPA for "
     "<b@own.example>" AT,
     "helo{pc} ip{203.0.113.9} by{m.firm.example} with{ESMTPA} for{b@own.example} auth{jean@firm.example}" TIME " shape{qmail}"},
    {"AliyunMailfrom", "from pc (mailfrom:j@firm.example fp:SMTPD_x) by smtp.aliyun-inc.example (203.0.113.4)" AT,
     "helo{pc} by{smtp.aliyun-inc.example} ip_by{203.0.113.4} env{j@firm.example}" TIME},
    {"NetEaseWhith", "from a.example ([203.0.113.9]) by m.263.example whith ESMTP id 7" AT,
     "helo{a.example} ip{203.0.113.9} by{m.263.example} with{ESMTP} id{7}" TIME},
    {"QmailLdapCipher",
     "from unknown (HELO pc) (key=@[203.0.113.20]) (envelope-sender <a@firm.example>) by s.firm.example (qmail-ldap-1.03) with "
     "AES256-SHA encrypted SMTP for <b@other.example>; 5 Apr 2018 08:37:00 -0000",
     "helo{pc} ip{203.0.113.20} by{s.firm.example} with{AES256-SHA encrypted SMTP} cipher{AES256-SHA} for{b@other.example} "
     "env{a@firm.example} time{2018-04-05T08:37:00+00:00} shape{qmail}"},
    {"QmailEmptyHelo", "from h.isp.example (HELO ) (203.0.113.10) by m.firm.example with SMTP; 5 Apr 2018 08:37:00 -0000",
     "name{h.isp.example} ip{203.0.113.10} by{m.firm.example} with{SMTP} time{2018-04-05T08:37:00+00:00} shape{qmail}"},
    {"GmxLiteralAfterHelo",
     "from h.isp.example (EHLO homepc) [203.0.113.64] by mail.gmx.example (mp010) with SMTP; 05 Apr 2018 10:37:00 +0200",
     "helo{homepc} name{h.isp.example} ip{203.0.113.64} by{mail.gmx.example} with{SMTP}" TIME},
    {"QmailLogin", "from unknown (HELO pc) (jean@firm.example@203.0.113.88) by m.firm.example with ESMTPA" AT,
     "helo{pc} ip{203.0.113.88} by{m.firm.example} with{ESMTPA} auth{jean@firm.example}" TIME " shape{qmail}"},
    {"QmailIdent", "from unknown (HELO pc) (jean@203.0.113.88) by m.firm.example with SMTP" AT,
     "helo{pc} ip{203.0.113.88} by{m.firm.example} with{SMTP}" TIME " shape{qmail}"},
    {"SendmailIdentOfALogin", "from pc (IDENT:jean@[203.0.113.88]) by m.firm.example (8.12.11/8.12.11) with ESMTPA id h" AT,
     "helo{pc} ip{203.0.113.88} by{m.firm.example} with{ESMTPA} id{h}" TIME " shape{sendmail}"},
    {"YahooLogin", "from unknown (HELO localhost) (jean@203.0.113.88 with login) by smtp1.mail.yahoo.example with SMTP" AT,
     "helo{localhost} ip{203.0.113.88} by{smtp1.mail.yahoo.example} with{SMTP} auth{jean}" TIME " shape{qmail}"},
    {"IronPortTls",
     "from h.firm.example (HELO localhost) ([10.252.62.56]) by m.firm.example with ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384; 05 Apr "
     "2018 10:37:00 +0200",
     "helo{localhost} name{h.firm.example} ip{10.252.62.56} by{m.firm.example} with{ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384} "
     "tls{TLS} "
     "cipher{ECDHE-RSA-AES256-GCM-SHA384}" TIME " shape{ironport}"},
    {"EximLiteralHelo", "from [203.0.113.6] (port=6752 helo=[10.0.0.7]) by m.firm.example with esmtp (Exim 4.69) id 1N" AT,
     "helo{[10.0.0.7]} ip{203.0.113.6} by{m.firm.example} with{esmtp} id{1N}" TIME " shape{exim}"},
    {"EximThree",
     "from h.isp.example ([203.0.113.13] ident=[W9V]) by m.firm.example with esmtp (Cipher TLSv1:DES-CBC3-SHA:168) (Exim 3.31) "
     "id 18" AT,
     "helo{h.isp.example} name{h.isp.example} ip{203.0.113.13} by{m.firm.example} with{esmtp} tls{TLS1.0} cipher{DES-CBC3-SHA} "
     "id{18}" TIME " shape{exim}"},
    {"EximPortAfterDot", "from pc ([203.0.113.24.63559]) by m.firm.example with esmtp (Exim 3.35) id 1G" AT,
     "helo{pc} name{pc} ip{203.0.113.24} by{m.firm.example} with{esmtp} id{1G}" TIME " shape{exim}"},
    {"ViaInAComment", "from app.server.lan ([172.19.170.5]) by mrweb001.server.lan (via HTTP)" AT,
     "helo{app.server.lan} ip{172.19.170.5} by{mrweb001.server.lan} via{HTTP}" TIME},
    {"ViaInAnotherComment", "from a.example ([192.0.2.5]) by b.example (via a tunnel) with ESMTP id 1" AT,
     "helo{a.example} ip{192.0.2.5} by{b.example} with{ESMTP} id{1}" TIME},
    {"ForWithoutABlank", "from a.test (b.test[203.0.113.5]) by m.firm.example(Postfix) with ESMTP id 4A for<x@firm.example>" AT,
     "helo{a.test} name{b.test} ip{203.0.113.5} by{m.firm.example} with{ESMTP} id{4A} for{x@firm.example}" TIME
     " shape{postfix}"},
    {"MimecastUsingTls",
     "from m.isp.example (m.isp.example [203.0.113.13]) (Using TLS) by r.firm.example with ESMTP with STARTTLS (version=TLSv1.3, "
     "cipher=TLS_A) id uk-1" AT,
     "helo{m.isp.example} name{m.isp.example} ip{203.0.113.13} by{r.firm.example} with{ESMTP} tls{TLS1.3} cipher{TLS_A} "
     "id{uk-1}" TIME},
    {"SmarterMail",
     "from pc (h.isp.example [203.0.113.13]) by firm.example with SMTP (version=TLS\\Tls12 cipher=Aes256 bits=256)" AT,
     "helo{pc} name{h.isp.example} ip{203.0.113.13} by{firm.example} with{SMTP} tls{TLS1.2} cipher{Aes256}" TIME},
    {"StratoWritesItAsItWasSaid", "from [IPV6:2001:db8::923] by smtp.strato.de (RZmta 49.8.1 AUTH) with ESMTPSA id K7" AT,
     "helo{[IPV6:2001:db8::923]} by{smtp.strato.de} with{ESMTPSA} id{K7}" TIME " shape{strato}"},
    {"EximLocal", "from kbuild by build.firm.example with local (Exim 4.89) (envelope-from <a@firm.example>) id 1h" AT,
     "helo{kbuild} by{build.firm.example} with{local} id{1h} env{a@firm.example}" TIME " shape{exim}"},
    {"XMail",
     "from l.firm.example (203.0.113.86:23198) by m.other.example (192.0.2.34:25) with [XMail 1.20 ESMTP Server] id <S72E> for "
     "<b@other.example> from <a@firm.example>" AT,
     "helo{l.firm.example} ip{203.0.113.86} by{m.other.example} ip_by{192.0.2.34} with{[XMail 1.20 ESMTP Server]} id{<S72E>} "
     "for{b@other.example} env{a@firm.example}" TIME " shape{xmail}"},
    {"Smap", "from snake.firm.example(192.0.2.29) by x.other.example via smap (V1.3) id xma1" AT,
     "name{snake.firm.example} ip{192.0.2.29} by{x.other.example} via{smap} id{xma1}" TIME " shape{smap}"},
    {"SmapHelo", "from smtp.firm.example(192.0.2.51, HELO x.firm.example) by x.other.example via smap (V1.3) id xma2" AT,
     "helo{x.firm.example} name{smtp.firm.example} ip{192.0.2.51} by{x.other.example} via{smap} id{xma2}" TIME " shape{smap}"},
    {"ObtuseSmtpd",
     "from UNKNOWN(203.0.113.54), claiming to be \"pc.firm.example\" via SMTP by m.other.example, id smtpdE; Thu Apr  5 10:37:00 "
     "2018",
     "helo{pc.firm.example} ip{203.0.113.54} by{m.other.example} via{SMTP} id{smtpdE} time{2018-04-05T10:37:00+00:00}"},
    {"Pmdf",
     "from a.firm.example (\"port 33291\"@a.isp.example) by b.other.example (PMDF V5.1-12 #3998) with ESMTP id "
     "<01J@b.other.example> for b@other.example" AT " CEST",
     "helo{a.firm.example} name{a.isp.example} by{b.other.example} with{ESMTP} id{<01J@b.other.example>} "
     "for{b@other.example}" TIME " shape{pmdf}"},
    {"PmdfAddress",
     "from a.firm.example (\"port 1406\"@[192.0.2.7]) by b.other.example (PMDF V5.2-32 #41462) with ESMTP id <01J>" AT,
     "helo{a.firm.example} ip{192.0.2.7} by{b.other.example} with{ESMTP} id{<01J>}" TIME " shape{pmdf}"},
    {"PpActually", "from a.firm.example (actually host b.firm.example) by sun.other.example with SMTP (PP)" AT,
     "helo{a.firm.example} by{sun.other.example} with{SMTP}" TIME},
    {"RaptorFirewall",
     "from no.name.available by [192.0.2.143] via smtpd (for m.other.example [192.0.2.89]) with ESMTP; Thu, 5 Apr 2018 08:37:00 "
     "UT",
     "helo{no.name.available} by{[192.0.2.143]} via{smtpd} with{ESMTP} time{2018-04-05T08:37:00+00:00}"},
    {"MDaemonLiterals",
     "from pc [203.0.113.95] by m.firm.example [192.0.2.27] with SMTP (MDaemon.PRO.v5.0.6.R) for <a@firm.example>" AT,
     "helo{pc} ip{203.0.113.95} by{m.firm.example} ip_by{192.0.2.27} with{SMTP} for{a@firm.example}" TIME " shape{mdaemon}"},
    {"NetMail", "from pc jean [203.0.113.133] by smtp.firm.example with NetMail SMTP Agent $Revision: 1.1 $ on Novell NetWare" AT,
     "helo{pc} ip{203.0.113.133} by{smtp.firm.example} with{NetMail SMTP Agent $Revision: 1.1 $ on Novell NetWare}" TIME
     " shape{netmail}"},
    {"CommuniGateVerified",
     "from pc (account jean [203.0.113.30] verified) by m.firm.example (CommuniGate Pro SMTP 4.0.3) with ESMTP-TLS id 5" AT,
     "helo{pc} ip{203.0.113.30} by{m.firm.example} with{ESMTP-TLS} id{5} auth{jean}" TIME " shape{communigate}"},
    {"OpenSmtpd",
     "from pc (h.isp.example [203.0.113.9]) by m.firm.example (OpenSMTPD) with ESMTPSA id 51 "
     "(TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO) auth=yes user=jean for <b@other.example>" AT,
     "helo{pc} name{h.isp.example} ip{203.0.113.9} by{m.firm.example} with{ESMTPSA} tls{TLS1.3} cipher{TLS_AES_256_GCM_SHA384} "
     "id{51} "
     "for{b@other.example} auth{jean}" TIME " shape{opensmtpd}"},
    {"WebmailAsUser", "from 192.168.5.158 ( [192.168.5.158]) as user jean@localhost by mail.firm.example with HTTP" AT,
     "helo{192.168.5.158} ip{192.168.5.158} by{mail.firm.example} with{HTTP} auth{jean@localhost}" TIME " shape{webmail}"},
    {"FSecure",
     "from [10.128.128.81]:50999 (HELO pc.firm.example) by fsav ([10.128.128.74]:25) (F-Secure Anti-Virus 6.0.34 Release) with "
     "SMTP" AT,
     "helo{pc.firm.example} ip{10.128.128.81} by{fsav} ip_by{10.128.128.74} with{SMTP}" TIME " shape{qmail}"},
    {"NortonGateway",
     "(from localhost [203.0.113.240]) by m.firm.example (NAVGW 2.5.2.12) with SMTP id M2 for <a@firm.example>" AT,
     "helo{localhost} ip{203.0.113.240} by{m.firm.example} with{SMTP} id{M2} for{a@firm.example}" TIME},
    {"Aol", "from jean@firm.example by imo-d01.mx.aol.com (mail_out_v34.21.) id l.1b (22682) for <b@other.example>" AT " (EST)",
     "helo{jean@firm.example} by{imo-d01.mx.aol.com} id{l.1b} for{b@other.example} env{jean@firm.example}" TIME " shape{aol}"},
    {"Nullmailer", "(nullmailer pid 2185267 invoked by uid 1000)" AT, "time{2018-04-05T10:37:00+02:00} shape{nullmailer}"},
    {"SeveralRecipients", "from a.example by b.example with ESMTP id 1 for <x@b.example>,<y@b.example>" AT,
     "helo{a.example} by{b.example} with{ESMTP} id{1} for{x@b.example}" TIME},
    {"UpperCaseKeywords", "FROM a.example (h.example [192.0.2.81]) BY b.example ID 434B ; 5 Apr 2018 10:37:00 +0200",
     "helo{a.example} name{h.example} ip{192.0.2.81} by{b.example} id{434B}" TIME},
    {"UsingIsNotAlwaysTls",
     "by amiga.firm.example (using SmailAmiga 1.02j20 with rerouting enabled) for relay.example!jean; Mon, 6 Mar 95 23:17 MET",
     "by{amiga.firm.example} for{relay.example!jean} time{1995-03-06T23:17:00+01:00}"},
    {"LotusWithoutSpace",
     "by notes.firm.example(Lotus SMTP MTA v4.6.3  (733.2 10-16-1998))  id 8025.4540 ; Thu, 5 Apr 2018 10:37:00 +0200",
     "by{notes.firm.example} id{8025.4540} time{2018-04-05T10:37:00+02:00}"},
    {"DateWithoutSemicolon", "from a.example ([192.0.2.80]) by b.example with bizsmtp id Khvj Thu, 05 Apr 2018 10:37:00 +0200",
     "helo{a.example} ip{192.0.2.80} by{b.example} with{bizsmtp} id{Khvj}" TIME},
    {"SemicolonAfterTheDate", "from a.example by b.example" AT "; sender jean", "helo{a.example} by{b.example}" TIME},
    {"ForwardedHeloIsNoAddress", "from a.example (envelope-from <a@[192.0.2.1]>) by b.example with ESMTP" AT,
     "helo{a.example} by{b.example} with{ESMTP} env{a@[192.0.2.1]}" TIME},
};
INSTANTIATE_TEST_SUITE_P(Forms, ReceivedForm, testing::ValuesIn(kForms),
                         [](const auto& one) { return std::string(one.param.name); });

#undef AT
#undef TIME

}  // namespace
}  // namespace threadline::facts
