// SPDX-License-Identifier: Apache-2.0
#include "text/rewritten_link.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace threadline::text {
namespace {

struct Row {
  const char* name;
  const char* written;
  const char* original;  ///< empty: opaque
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class Service : public testing::TestWithParam<Row> {};

TEST_P(Service, TellsWhereItsLinkLeads) {
  const auto link = original_link(GetParam().written, 8);
  EXPECT_FALSE(link.service.empty());
  EXPECT_EQ(link.opaque, *GetParam().original == '\0');
  EXPECT_EQ(link.url, link.opaque ? GetParam().written : GetParam().original);
}

INSTANTIATE_TEST_SUITE_P(
    Each, Service,
    testing::Values(
        Row{"SafeLinks",
            "https://eur01.safelinks.protection.outlook.com/"
            "?url=https%3A%2F%2Fpay.example%2Fa%3Fb%3D1&data=05%7C01%7Cx%40firm.example&reserved=0",
            "https://pay.example/a?b=1"},
        Row{"SafeLinksInHtmlText",
            "https://nam12.safelinks.protection.outlook.com/?data=05&amp;url=http%3A%2F%2Fpay.example%2F&amp;reserved=0",
            "http://pay.example/"},
        Row{"SafeLinksForTeams",
            "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/"
            "atp-safelinks.html?url=https%3A%2F%2Fpay.example&locale=fr",
            "https://pay.example"},
        Row{"ProofpointV1", "https://urldefense.proofpoint.com/v1/url?u=http://www.pay.example/&k=oIvRg1%2B&s=d3583",
            "http://www.pay.example/"},
        Row{"ProofpointV2", "https://urldefense.proofpoint.com/v2/url?u=http-3A__www.pay.example_path-3Fa-3D1&d=DwMF&c=x",
            "http://www.pay.example/path?a=1"},
        Row{"ProofpointV3",
            "https://urldefense.com/v3/__https://pay.example:443/search?q=a*test&gs=ps__;Kw!-612Flbf0JvQ3kNJkRi5Jg!Ue6tQ$",
            "https://pay.example:443/search?q=a+test&gs=ps"},
        Row{"ProofpointV3WithoutReplacements", "https://urldefense.us/v3/__https://www.pay.example/article__;!!abc!def$",
            "https://www.pay.example/article"},
        Row{"ProofpointV3Run", "https://urldefense.com/v3/__http://www.pay.example/**Dtest__;IyMjIyM!!abc!def$",
            "http://www.pay.example/#####test"},
        Row{"ProofpointV3RunsAcrossCharacters", "https://urldefense.com/v3/__http://x.example/**Bx**Ay__;w6Pigqw!!abc!def$",
            "http://x.example/\xC3\xA3x\xE2\x82\xACy"},
        Row{"ProofpointV3OneSlash", "https://urldefense.com/v3/__https:/pay.example/x__;!!abc!def$", "https://pay.example/x"},
        Row{"ProofpointV3WithTooFewReplacements", "https://urldefense.com/v3/__http://pay.example/*foo*bar__;Iw!!abc!def$", ""},
        Row{"MimecastUrl", "https://protect-us.mimecast.com/s/abc123?url=https%3A%2F%2Fpay.example%2Farticle&token=xyz",
            "https://pay.example/article"},
        Row{"MimecastDomain", "https://protect-eu.mimecast.com/s/abc123?domain=pay.example", "https://pay.example"},
        Row{"MimecastProtect", "https://url.uk.m.mimecastprotect.com/s/abc?domain=pay.example", "https://pay.example"},
        Row{"MimecastToken", "https://protect-eu.mimecast.com/s/abc123", ""},
        Row{"Barracuda", "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fpay.example%2f&c=E,1,abc", "https://pay.example/"},
        Row{"Cisco", "https://secure-web.cisco.com/1fCCdfJv_BYjz-Y/https%3A%2F%2Fpay.example%2Fa", "https://pay.example/a"},
        Row{"CiscoTwice", "https://secure-web.cisco.com/1fCC/https%253A%252F%252Fpay.example%252Fa", "https://pay.example/a"},
        Row{"TrendMicro",
            "https://ddec1-0-en-ctp.trendmicro.com/wis/clicktime/v1/"
            "query?url=https%3a%2f%2fwww.pay.example%2fcape%2dcoral&umid=3",
            "https://www.pay.example/cape-coral"},
        Row{"Sophos", "https://eu-central-1.protection.sophos.com/?d=pay.example&u=aHR0cHM6Ly9wYXkuZXhhbXBsZS9h&i=NWY1&t=QkNX",
            "https://pay.example/a"},
        Row{"SophosWithoutPath", "https://us-west-2.protection.sophos.com?d=pay.example&u=!!", "https://pay.example"},
        Row{"Trellix",
            "https://protect2.fireeye.com/v1/url?k=84f6a8c0-e57dbdd9&q=1&e=6739af06&u=http%3A%2F%2Fpay.example%2Fa.yaml%23",
            "http://pay.example/a.yaml#"},
        Row{"Symantec", "https://clicktime.symantec.com/3MnsciFmpCx2?u=https%3A%2F%2Fpay.example%2Fabs",
            "https://pay.example/abs"},
        Row{"Trustwave", "https://scanmail.trustwave.com/?c=20988&d=n8HL4Mp&u=https%3a%2f%2fpay%2eexample%2fmrdisc",
            "https://pay.example/mrdisc"},
        Row{"Vade", "https://antiphishing.vadesecure.com/v4?f=a&i=b&k=c&r=d&s=e&u=https%3A%2F%2Fpay.example%2F",
            "https://pay.example/"},
        Row{"VadeFor365", "https://m365.eu.vadesecure.com/safeproxy/v4?f=a&u=https%3A%2F%2Fpay.example%2F",
            "https://pay.example/"},
        Row{"Hornetsecurity",
            "https://atpscan.global.hornetsecurity.com/?d=Hz&f=rh&i=&k=E&m=o&n=U&r=n&s=a1&u=https%3A%2F%2Fpay.example%2Fnews%2F",
            "https://pay.example/news/"},
        Row{"Avanan", "https://url.avanan.click/v2/r01/___https://pay.example/api/v1___.YXAzOnBl", "https://pay.example/api/v1"},
        Row{"CheckPoint", "https://protect.checkpoint.com/v2/___https://pay.example/CL0/https:*2F*2Fx.example___.YzJ1On",
            "https://pay.example/CL0/https:%2F%2Fx.example"},
        Row{"CheckPointV1", "https://checkpoint.url-protection.com/v1/url?o=https%3A//pay.example/before&g=NWQ3",
            "https://pay.example/before"},
        Row{"EdgePilot", "https://link.edgepilot.com/s/4239f747/ca21cbCpK?u=https://www.pay.example/Stay.html",
            "https://www.pay.example/Stay.html"},
        Row{"Zix", "https://link.zixcentral.com/u/08573078/uLbJvu8j?u=https%3A%2F%2Fwww.pay.example%2F2799",
            "https://www.pay.example/2799"},
        Row{"TitanHq", "https://linklock.titanhq.com/analyse?url=https%3A%2F%2Fwww.pay.example%2Fo&data=eJx",
            "https://www.pay.example/o"},
        Row{"Libraesva", "https://urlsand.esvalabs.com/?u=https%3A%2F%2Fpay.example%2F&e=1", "https://pay.example/"},
        Row{"Mailinblack", "https://mibc-fr-03.mailinblack.com/securelink/?url=https://pay.example&key=ey",
            "https://pay.example"},
        Row{"Topsec", "https://scanner.topsec.com/?d=1&r=show&u=https%3A%2F%2Fpay.example&t=f", "https://pay.example"},
        Row{"Intermedia", "https://url.emailprotection.link/?b6t_II7rHqeURY3L", ""},
        Row{"Google", "https://www.google.com/url?sa=t&q=https://pay.example/&usg=x", "https://pay.example/"},
        Row{"GoogleOfACountry", "https://www.google.co.uk/url?q=https://pay.example/&sa=D", "https://pay.example/"}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(RewrittenLink, OneInTheOtherIsUndoneToTheEnd) {
  const auto link = original_link(
      "https://nam12.safelinks.protection.outlook.com/"
      "?url=https%3A%2F%2Furldefense.com%2Fv3%2F__http%3A%2F%2Fpay.example%2Fa.html__%3B!!OToaGQ!7W9j%24&data=05",
      8);
  EXPECT_EQ(link.url, "http://pay.example/a.html");
  EXPECT_EQ(link.service, "Microsoft Safe Links");
  EXPECT_EQ(link.rewritings, 2U);
}

TEST(RewrittenLink, BeyondTheDepthIsSaid) {
  const std::string once = "https://urlsand.esvalabs.com/?u=https://urlsand.esvalabs.com/?u=https://pay.example";
  EXPECT_FALSE(original_link(once, 2).too_deep);
  EXPECT_EQ(original_link(once, 2).url, "https://pay.example");
  EXPECT_TRUE(original_link(once, 1).too_deep);
}

TEST(RewrittenLink, OrdinaryLinksAndImitatedServicesAreThemselves) {
  for (const std::string url :
       {"https://pay.example/?url=https://other.example", "https://urldefense.com.evil.example/v3/__https://good.example__;!!a$",
        "https://urldefense.com@evil.example/v3/__https://good.example__;!!a$",
        "https://evil-urldefense.com/v3/__https://a.example__;!", "https://www.google.evil.example/url?q=https://good.example",
        "https://www.google.com/search?q=https://good.example", "mailto:a@firm.example", "", "https://",
        "urldefense.com/v3/__https://a.example__;!"}) {
    const auto link = original_link(url, 8);
    EXPECT_EQ(link.url, url);
    EXPECT_TRUE(link.service.empty()) << url;
  }
}

TEST(RewrittenLink, ATargetThatIsNoWebAddressIsOpaque) {
  const auto link = original_link("https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", 8);
  EXPECT_TRUE(link.opaque);
}

}  // namespace
}  // namespace threadline::text
