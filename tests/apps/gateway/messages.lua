-- SPDX-License-Identifier: Apache-2.0
-- Six messages, one a connection: miltertest -D place=unix:/path -s messages.lua
for number = 1, 6 do
  local conn = mt.connect(place)
  if not conn then error("no connection") end
  mt.conninfo(conn, "client.example", "203.0.113.9")
  mt.helo(conn, "client.example")
  mt.mailfrom(conn, "<ann@supplier.example>")
  mt.rcptto(conn, "<bob@own.example>")
  mt.header(conn, "From", " ann@supplier.example")
  mt.header(conn, "To", " bob@own.example")
  mt.header(conn, "Message-ID", " <" .. tostring(math.random(1000000)) .. "." .. tostring(number) .. "@lua.example>")
  mt.eoh(conn)
  mt.bodystring(conn, "Good morning.\r\n")
  if mt.eom(conn) ~= nil then error("eom") end
  local reply = mt.getreply(conn)
  if reply ~= SMFIR_CONTINUE and reply ~= SMFIR_ACCEPT then error("reply: " .. tostring(reply)) end
  mt.disconnect(conn)
end
