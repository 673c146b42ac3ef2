-- Asks Catnap's gate and goes on when it answers 200, else the client gets the gate's answer.
require "apache2"
local socket = require "socket"

local HOST, PORT = "127.0.0.1", 9000  -- CHANGE: the address of Catnap
local CONNECT_SECONDS, HOLD_SECONDS = 5, 120

local connection  -- kept alive from request to request, one a Lua state (LuaScope in httpd.conf)

local function connect()
  local fresh = socket.tcp()
  fresh:settimeout(CONNECT_SECONDS)
  local connected, problem = fresh:connect(HOST, PORT)
  if not connected then
    fresh:close()
    return nil, problem
  end
  fresh:setoption("tcp-nodelay", true)
  fresh:settimeout(HOLD_SECONDS)  -- the gate holds the request until the service is awake
  return fresh
end

local function close()
  connection:close()
  connection = nil
end

local function read_answer(status_line)
  local answer = { status = tonumber(status_line:match("^HTTP/1%.%d (%d+)")), headers = {}, body = "" }
  local line = connection:receive("*l")
  while line and line ~= "" do
    local name, value = line:match("^([^:]+):%s*(.-)%s*$")
    if name then answer.headers[name:lower()] = value end
    line = connection:receive("*l")
  end
  local length = tonumber(answer.headers["content-length"])
  if length and length > 0 then  -- luasocket would wait for something even if asked for nothing
    answer.body = connection:receive(length) or ""
  end
  if not length or #answer.body < length or answer.headers["connection"] == "close" then close() end
  return answer
end

local function exchange(request)
  local kept = connection
  if not kept then
    local problem
    connection, problem = connect()
    if not connection then return nil, problem end
  end
  local status_line, problem
  if connection:send(request) then status_line, problem = connection:receive("*l") end
  if status_line then return read_answer(status_line) end
  close()
  -- Catnap may have closed an idle connection meanwhile: once more on a new one.
  if kept and problem ~= "timeout" then return exchange(request) end
  return nil, problem
end

-- What concerns the client's own connection and body; the gate gets all other headers, by which
-- requests can be marked as not waking.
local NOT_FOR_THE_GATE = {
  ["connection"] = true, ["content-length"] = true, ["expect"] = true, ["keep-alive"] = true,
  ["te"] = true, ["transfer-encoding"] = true, ["upgrade"] = true,
  ["x-forwarded-method"] = true, ["x-forwarded-uri"] = true, ["x-forwarded-host"] = true,
  ["x-forwarded-upgrade"] = true,
}

-- What the client gets of a refusal besides its body; the last three are the waiting page's.
local PASSED_ON = {
  "Retry-After", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options",
}

local function request_for(r)
  local service = r.subprocess_env["CATNAP_SERVICE"]
  local lines = {
    -- mode=page: browsers get a waiting page, everybody else is held until the service is awake.
    "GET /gate" .. (service and "/" .. service or "") .. "?mode=page HTTP/1.1",
    "X-Forwarded-Method: " .. r.method,
    "X-Forwarded-Uri: " .. r.unparsed_uri,
    "X-Forwarded-Host: " .. (r.headers_in["Host"] or ""),
  }
  local upgrade = r.headers_in["Upgrade"]
  if upgrade then  -- the gate counts WebSockets by themselves
    lines[#lines + 1] = "X-Forwarded-Upgrade: " .. upgrade
  end
  for name, value in pairs(r:headers_in_table()) do
    if not NOT_FOR_THE_GATE[name:lower()] then lines[#lines + 1] = name .. ": " .. value end
  end
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

function ask_gate(r)
  local answer, problem = exchange(request_for(r))
  if answer and answer.status == 200 then return apache2.DECLINED end
  if problem == "connection refused" or problem == "closed" then
    -- Catnap away: fail open. A running service answers as ever, a sleeping one does not.
    -- To fail closed with 503, delete these lines.
    return apache2.DECLINED
  end
  if not answer then
    r:err("Catnap's gate: " .. tostring(problem))
    return 503
  end
  r.status = answer.status
  for _, name in ipairs(PASSED_ON) do
    r.err_headers_out[name] = answer.headers[name:lower()]
  end
  r.content_type = answer.headers["content-type"] or "text/plain"
  r:write(answer.body)
  return apache2.DONE
end
