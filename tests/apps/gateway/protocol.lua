-- SPDX-License-Identifier: Apache-2.0
-- Edges of the milter protocol (Debian: miltertest): miltertest -D place=unix:/path -s protocol.lua
local function expect(condition, what)
  if not condition then error(what) end
end

local function opened(with_macros)
  local conn = mt.connect(place)
  expect(conn, "no connection")
  if with_macros then mt.macro(conn, SMFIC_CONNECT, "j", "gw.own.example") end
  expect(mt.conninfo(conn, "client.example", "203.0.113.9") == nil, "conninfo")
  expect(mt.getreply(conn) == SMFIR_CONTINUE, "reply to conninfo")
  expect(mt.helo(conn, "client.example") == nil, "helo")
  return conn
end

local function header(conn, from, to)
  mt.header(conn, "From", " " .. from)
  mt.header(conn, "To", " " .. to)
  mt.header(conn, "Message-ID", " <" .. tostring(math.random(1000000)) .. "@lua.example>")
end

local function whole(conn, from, to)
  mt.mailfrom(conn, "<" .. from .. ">")
  mt.rcptto(conn, "<" .. to .. ">")
  header(conn, from, to)
  mt.eoh(conn)
  mt.bodystring(conn, "Good morning.\r\n")
  expect(mt.eom(conn) == nil, "eom")
  return mt.getreply(conn)
end

-- macros missing altogether
local conn = opened(false)
local reply = whole(conn, "ann@supplier.example", "bob@own.example")
expect(reply == SMFIR_CONTINUE or reply == SMFIR_ACCEPT, "without macros: " .. tostring(reply))
mt.disconnect(conn)

-- abort in every phase, then a message on the same connection
for phase = 1, 5 do
  conn = opened(true)
  if phase >= 2 then mt.mailfrom(conn, "<ann@supplier.example>") end
  if phase >= 3 then mt.rcptto(conn, "<bob@own.example>") end
  if phase >= 4 then header(conn, "ann@supplier.example", "bob@own.example") end
  if phase >= 5 then mt.eoh(conn) mt.bodystring(conn, "half a ") end
  mt.abort(conn)
  reply = whole(conn, "ann@supplier.example", "bob@own.example")
  expect(reply == SMFIR_CONTINUE or reply == SMFIR_ACCEPT, "after abort " .. phase .. ": " .. tostring(reply))
  mt.disconnect(conn)
end

-- several messages a connection: the field of one is not another's
conn = opened(true)
whole(conn, "ann@bigsuppiier.example", "bob@own.example")
expect(mt.eom_check(conn, MT_HDRADD, "X-Threadline-Verdict"), "no verdict on the lookalike")
whole(conn, "ann@bigsupplier.example", "bob@own.example")
expect(not mt.eom_check(conn, MT_HDRADD, "X-Threadline-Verdict"), "a verdict on the supplier")

-- an end without a header or a body; a connection that ends in the middle
mt.mailfrom(conn, "<>")
mt.rcptto(conn, "<bob@own.example>")
mt.eom(conn)
expect(mt.getreply(conn) ~= nil, "an empty message")
mt.disconnect(conn)
conn = opened(true)
mt.mailfrom(conn, "<ann@supplier.example>")
mt.disconnect(conn, false)

-- a forged field is taken away
conn = opened(true)
mt.mailfrom(conn, "<ann@bigsupplier.example>")
mt.rcptto(conn, "<bob@own.example>")
header(conn, "ann@bigsupplier.example", "bob@own.example")
mt.header(conn, "X-THREADLINE-Verdict", " v=1; verdict=accept")
mt.eoh(conn)
mt.eom(conn)
mt.getreply(conn)
expect(mt.eom_check(conn, MT_HDRDELETE, "x-threadline-verdict"), "a forged field stays")
mt.disconnect(conn)
