-- The action "lua.catnap URL": goes on when the gate answers 200, else the client gets its answer.
-- HAProxy's HTTP client keeps connections alive and sends no body.

-- What concerns the client's own connection and body; the gate gets all other headers, by which
-- requests can be marked as not waking.
local NOT_FOR_THE_GATE = {
  "connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade",
}

-- What the client gets of a refusal besides its body; the last three are the waiting page's.
local PASSED_ON = {
  "content-type", "retry-after", "cache-control", "content-security-policy", "x-content-type-options",
}

local function headers(txn)
  local headers = txn.http:req_get_headers()
  headers["x-forwarded-upgrade"] = headers["upgrade"]  -- the gate counts WebSockets by themselves
  for _, name in ipairs(NOT_FOR_THE_GATE) do
    headers[name] = nil
  end
  headers["x-forwarded-method"] = { txn.sf:method() }
  headers["x-forwarded-uri"] = { txn.sf:pathq() }
  headers["x-forwarded-host"] = { txn.sf:req_fhdr("host") }
  return headers
end

local function ask(url, txn)
  -- 120000 ms: the gate holds the request until the service is awake.
  return core.httpclient():get{ url = url, headers = headers(txn), timeout = 120000 }
end

-- Closed without an answer: the kept connection was closed in that moment.
local function cut_off(answer)
  return answer.status == 0 or answer.status == 502
end

-- The gate names a state with every 503: one without is HAProxy's own, after three seconds of
-- refused connections.
local function away(answer)
  return answer.status == 503 and not answer.headers["catnap-state"]
end

core.register_action("catnap", { "http-req" }, function(txn, url)
  local answer = ask(url, txn)
  if cut_off(answer) then
    answer = ask(url, txn)
  end
  -- Catnap went away less than a second ago, or the check in haproxy.cfg would have noticed: the
  -- request passes as those do that come after the check.
  if answer.status == 200 or away(answer) or cut_off(answer) then
    return
  end
  local passed_on = {}
  for _, name in ipairs(PASSED_ON) do
    passed_on[name] = answer.headers[name]
  end
  txn:done(txn:reply{ status = answer.status, headers = passed_on, body = answer.body })
end, 1)
