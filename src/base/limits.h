// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace threadline::inline base {

/// Every bound that hostile input can reach, by name (DESIGN rule 5). At the bound all is read; one above it leaves a note
/// `limit` whose text begins with the member's name, and the rest is still analysed.
struct Limits {
  // evidence
  std::uint64_t message_bytes = 256U << 20U;   ///< one message; what is beyond is left out
  std::uint32_t folder_depth = 64;             ///< folders in folders
  std::uint64_t mbox_line_bytes = 16U << 20U;  ///< one line of an mbox held in memory
  std::uint64_t xml_bytes = 64U << 20U;        ///< one XML document (a message of an .olm, a property list)
  std::uint32_t xml_elements = 200'000;        ///< elements and attributes of one XML document
  std::uint32_t xml_depth = 100;               ///< elements in elements
  // archive (with all archives inside it)
  std::uint64_t archive_members = 2'000'000;  ///< each may become a row, kept until the end
  std::uint64_t archive_bytes = 4ULL << 40U;  ///< unpacked
  std::uint64_t archive_ratio = 1'000;        ///< unpacked to packed bytes, where more than archive_small_bytes are unpacked
  std::uint64_t archive_small_bytes = 64ULL << 20U;   ///< unpacked from any archive, whatever its ratio
  std::uint32_t archive_depth = 5;                    ///< archive in archive, compression in compression
  std::uint32_t archive_restarts = 100;               ///< of one archive, each behind a member that broke its reader
  std::uint64_t archive_memory_bytes = 16ULL << 20U;  ///< a longer member goes to an unlinked file
  std::uint32_t container_silence_ms = 60'000;        ///< longest wait for the next member of an archive or item of a PST
  std::uint32_t pst_folder_depth = 64;                ///< folders in folders of a PST
  std::uint32_t pst_open_ms_per_mib = 500;            ///< longest opening of a PST beyond container_silence_ms, by its size
  std::uint32_t pst_restarts = 20;                    ///< children that items of one PST may end before the rest is left
  // message
  std::uint32_t header_fields = 4'000;      ///< of one message
  std::uint64_t header_bytes = 4U << 20U;   ///< of one message
  std::uint32_t mime_parts = 2'000;         ///< of one message
  std::uint32_t mime_depth = 50;            ///< multipart in multipart
  std::uint32_t signed_depth = 8;           ///< signed content in signed content (S/MIME)
  std::uint32_t nested_depth = 8;           ///< message in message
  std::uint32_t nested_messages = 500;      ///< of one message, all depths
  std::uint32_t nested_addresses = 20'000;  ///< in the headers of all messages attached to one (share_of)
  std::uint32_t nested_blocks = 5'000;      ///< quoted messages of these, likewise
  std::uint32_t nested_accounts = 10'000;   ///< account occurrences of these, likewise
  std::uint64_t text_bytes = 4U << 20U;     ///< decoded text of one part that is analysed
  std::uint32_t addresses = 5'000;          ///< of one header field
  std::uint32_t message_notes = 200;        ///< notes of one reader about one message
  std::uint32_t cfb_entries = 200'000;      ///< directory entries of one compound file
  std::uint32_t mapi_properties = 20'000;   ///< of one object
  std::uint32_t mapi_attachments = 5'000;   ///< of one object
  std::uint64_t rtf_bytes = 32U << 20U;     ///< one RTF body, decompressed
  std::uint32_t rtf_depth = 1'000;          ///< groups in groups
  std::uint32_t mime_boundaries = 8'000;    ///< lines between parts of one message (GMime makes objects of all)
  std::uint32_t mime_fields = 100;          ///< header fields of one part (likewise)
  std::uint32_t mime_parameters = 200;      ///< of one of these fields (GMime is quadratic in them)
  // text
  std::uint32_t html_attributes = 256;           ///< of one tag (libxml2 is quadratic in them, DESIGN rule 12)
  std::uint32_t html_depth = 2'000;              ///< open elements
  std::uint32_t html_unmatched_ends = 10'000;    ///< end tags without a start
  std::uint32_t html_elements = 250'000;         ///< kept of one page, for quotes, links and cells
  std::uint32_t html_style_rules = 5'000;        ///< selectors of a page's style sheets that may hide text
  std::uint64_t html_style_matches = 4'000'000;  ///< comparisons of an element with a selector, in one page
  // documents
  std::uint32_t documents =
      2'000;  ///< of one message, members of archives and embedded files too; an archive has half of what is left
  std::uint64_t document_bytes = 64ULL << 20U;       ///< one attachment, member or embedded file
  std::uint64_t document_text_bytes = 16ULL << 20U;  ///< texts of all documents of one message; one takes half of what is left
  std::uint32_t document_depth = 5;                  ///< archives, documents and messages in each other
  std::uint64_t document_archive_bytes = 512ULL << 20U;  ///< unpacked for one message; an archive takes half of what is left
  std::uint32_t document_members = 20'000;               ///< of one attached archive, with all archives inside it
  std::uint32_t office_elements = 2'000'000;             ///< elements and attributes of one XML part of an office document
  std::uint32_t sheet_repeats = 256;                     ///< of one cell or row of a sheet that says how often it is repeated
  std::uint32_t pictures = 50;                           ///< attached to one message that are read
  std::uint32_t program_ms = 5'000;                      ///< one run of a program that reads documents
  std::uint32_t programs_ms = 12'000;                    ///< all runs for one message; must leave budget_ms some time
  std::uint64_t program_bytes = 1ULL << 30U;             ///< address space of one program
  std::uint64_t program_output_bytes = 32ULL << 20U;     ///< printed by one run
  std::uint32_t pdf_bad_pages = 1;                       ///< of one PDF that end the program and are passed over
  std::uint32_t pdf_revisions = 4;                       ///< earlier states of one PDF that are read, the latest ones
  std::uint32_t pdf_files = 20;                          ///< embedded in one PDF that are read
  std::uint32_t pdf_code_pages = 2;                ///< of one PDF, the first and the last ones, that are searched for QR codes
  std::uint32_t ocr_pages = 10;                    ///< of one PDF that are read as pictures
  std::uint64_t invoice_xml_bytes = 32ULL << 20U;  ///< XML invoices of one message; one beyond is read as text
  std::uint64_t invoice_field_bytes = 1'024;       ///< one field of an XML invoice; a longer one is left out
  // facts
  std::uint32_t hops = 500;                     ///< Received fields of one message
  std::uint64_t received_bytes = 16'384;        ///< one Received field
  std::uint32_t auth_results = 500;             ///< results of one message
  std::uint32_t dkim_signatures = 50;           ///< DKIM-Signature fields of one message
  std::uint32_t dkim_readings = 60;             ///< readings of one body that are hashed
  std::uint64_t dkim_body_bytes = 64U << 20U;   ///< one body that is hashed; a longer one is not
  std::uint64_t dkim_bytes = 512U << 20U;       ///< bytes of one message that are read for hashing, all readings together
  std::uint64_t dkim_signed_bytes = 8U << 20U;  ///< header bytes that all signatures of one message hash
  std::uint32_t references = 2'000;             ///< message-ids in References
  std::uint32_t thread_index_children = 500;    ///< child blocks of a Thread-Index
  std::uint32_t body_lines = 200'000;           ///< of one body that are told apart; what is beyond is one line
  std::uint32_t quoted_levels = 100;            ///< depth of quoted history
  std::uint32_t quoted_blocks = 500;            ///< quoted messages of one message
  std::uint32_t accounts = 2'000;               ///< account occurrences of one message
  std::uint32_t rib_grids = 2'000;              ///< labels of a French RIB's branch in one text that are looked around
  std::uint32_t account_labels = 50'000;        ///< labels of each other kind (sort code, routing, BIC) in one text
  std::uint32_t bare_bics = 20'000;             ///< words in the form of a known institution's BIC in one text
  std::uint32_t requests = 1'000;               ///< sentences about money of one message
  std::uint32_t domains = 5'000;                ///< different domains of one message
  std::uint32_t link_rewritings = 8;            ///< rewritten link in rewritten link
  std::uint32_t phones = 500;                   ///< telephone numbers of one message, quoted ones too
  std::uint32_t forward_signs = 100;            ///< fields of one header that say the message was sent on
  std::uint32_t invoices = 500;                 ///< mentions of invoices by number in one message
  std::uint32_t other_ids = 50;                 ///< fields of one header that keep an id from before Message-ID was rewritten
  // logs
  std::uint64_t log_record_bytes = 16U << 20U;  ///< one record (line, JSON object) of a log
  std::uint32_t log_depth = 64;                 ///< objects and lists in each other of one JSON record
  std::uint32_t log_columns = 500;              ///< of one table
  std::uint32_t log_messages = 20'000;          ///< mails that one record names
  std::uint32_t log_parameters = 100;           ///< of one record that are kept
  std::uint32_t log_events = 2'000'000;         ///< events of one run that are kept for rows
  std::uint32_t log_activities = 200'000;       ///< user, address, session, client and hour of one run told apart
  std::uint32_t log_queue_ids = 200'000;        ///< queue ids of one log whose lines are joined
  std::uint32_t log_undecodable = 20;           ///< undecodable records of one log that are shown; the rest are counted
  std::uint64_t log_mapping_bytes = 1U << 20U;  ///< one mapping file
  // memory
  std::uint32_t known_accounts = 100;  ///< of one side, in its messages and in quoted ones each: the first
  std::uint32_t billed_accounts = 20;  ///< of one invoice of one side: the first
  std::uint32_t known_numbers = 50;    ///< telephone numbers in one person's signatures: the first
  std::uint32_t known_namesakes = 50;  ///< addresses of one name: the first
  // findings
  std::uint32_t compared_domains = 20'000;     ///< different domains of one message that are held against the references
  std::uint32_t compared_persons = 1'000'000;  ///< pairs of an address of one message and a participant
  std::uint32_t suspects = 500;     ///< uses of lookalikes in one message that are told, and people who take somebody's place
  std::uint32_t shown_before = 20;  ///< earlier accounts or numbers that one finding lists: the longest known, and the latest
  // policy
  std::uint64_t policy_bytes = 16U << 20U;  ///< one policy file
  std::uint32_t policy_depth = 32;          ///< objects and lists in each other
  // timeline
  std::uint32_t conversation_messages = 200;  ///< of one conversation, beside a message with findings
  std::uint32_t detailed_messages = 500;      ///< shown with their evidence on one page
  // pipeline
  std::uint32_t budget_ms = 20'000;          ///< one message in a worker
  std::uint64_t worker_bytes = 2ULL << 30U;  ///< address space of one worker beyond what it starts with
  std::uint64_t frame_bytes = 1ULL << 30U;   ///< one frame on a worker's pipe
  // page
  std::uint64_t upload_bytes = 50ULL << 20U;       ///< one file dropped on the page
  std::uint64_t uploads_bytes = 4ULL << 30U;       ///< all files dropped on one page
  std::uint32_t uploads = 50'000;                  ///< files dropped on one page
  std::uint64_t request_bytes = 64U << 10U;        ///< body of any other request
  std::uint32_t answer_rows = 1'000;               ///< rows of one answer
  std::uint32_t view_ms = 10'000;                  ///< reading one message to show its source
  std::uint64_t view_bytes = 2ULL << 20U;          ///< of one part that is shown
  std::uint64_t held_source_bytes = 16ULL << 30U;  ///< raw messages kept to be shown, in a file without a name
  std::uint32_t event_streams = 8;                 ///< open at one time
};

/// What one more message attached to another may have of something that one has `usual` of, where all attached ones have
/// `together` and `used` of it are taken: half of what is left, so that a padded message leaves something to those behind it, and
/// at least 20.
[[nodiscard]] constexpr std::uint32_t share_of(std::uint32_t usual, std::uint32_t together, std::uint64_t used) {
  constexpr std::uint64_t kLeast = 20;
  const std::uint64_t left = used < together ? together - used : 0;
  const std::uint64_t half = (left + 1) / 2;
  const std::uint64_t share = half < kLeast ? kLeast : half;
  return share < usual ? static_cast<std::uint32_t>(share) : usual;
}

}  // namespace threadline::inline base
