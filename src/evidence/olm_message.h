// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// The bytes of an archive's member of that name (an attachment); nothing where there is none.
using OlmMember = std::function<std::optional<std::string>(const std::string& name)>;

/// The messages of one XML document of an Outlook for Mac archive ("message_00000.xml"), each as a TNEF stream of the MAPI
/// properties that the elements stand for; nothing that is not there is made up. A message of which Outlook kept nothing but its
/// source (OPFMessageCopySource) leaves as that. An attachment whose member is missing is a note `truncated`, its name stays.
/// Times without a zone are UTC. Empty where the document holds no message.
/// Source: the archives of Outlook for Mac 2011 to 2019; Microsoft publishes no description. Properties: MS-OXPROPS.
/// Limits: xml_bytes, xml_elements, xml_depth, addresses, mapi_attachments, message_bytes.
[[nodiscard]] std::vector<Item> olm_messages(std::string_view xml, const OlmMember& member, const Limits& limits);

}  // namespace threadline::evidence
