/**
 * What Redis does in one step. All keys of a flag share a hash tag, so a script may touch them in a cluster too.
 * Flags, marks and audit rows come in and go out as text and are never encoded again: cjson turns `[]` into `{}`.
 */

/** The JSON list of `clears`: what is carried and what is named, without what has ended. */
const CLEARS = `
local function clears_json(stored, named, ended_key)
  local seen, kept = {}, {}
  local function add(ids)
    for _, id in ipairs(ids) do
      if not seen[id] and redis.call('HEXISTS', ended_key, id) == 0 then kept[#kept + 1] = cjson.encode(id) end
      seen[id] = true
    end
  end
  if stored then add(cjson.decode(stored).clears) end
  add(named)
  return '[' .. table.concat(kept, ',') .. ']'
end
`;

/** KEYS flag, off, ended, audit → flag, marks, endings, newest audit row. From a master only. */
export const READ_LUA = `
if not string.find(redis.call('INFO', 'replication'), 'role:master', 1, true) then
  return redis.error_reply('READONLY this is a replica; the flag is read from its master')
end
return {
  redis.call('GET', KEYS[1]) or '',
  redis.call('HGETALL', KEYS[2]),
  redis.call('HGETALL', KEYS[3]),
  redis.call('LINDEX', KEYS[4], -1) or ''
}
`;

/**
 * KEYS flag, off, ended, audit. ARGV channel, changeId, expected, previousHash, revision, named (JSON list), flag
 * (JSON text without `clears` and the closing brace), audit row (JSON), mark id, mark (JSON) → 'committed',
 * revision or 'conflict', the two newest audit rows.
 */
export const COMMIT_LUA = `
${CLEARS}
local flag_key, off_key, ended_key, audit_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local channel, change_id, expected, previous_hash, revision = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local named, flag_head, audit_row, mark_id, mark = cjson.decode(ARGV[6]), ARGV[7], ARGV[8], ARGV[9], ARGV[10]

for _, row in ipairs(redis.call('LRANGE', audit_key, -200, -1)) do
  local entry = cjson.decode(row)
  if entry.changeId == change_id then return { 'committed', tostring(entry.revision) } end
end
local stored = redis.call('GET', flag_key)
local current = stored and cjson.decode(stored).revision or 0
if mark_id ~= '' and (redis.call('HEXISTS', off_key, mark_id) == 1 or redis.call('HEXISTS', ended_key, mark_id) == 1) then
  return { 'committed', tostring(current) }
end
local newest = redis.call('LINDEX', audit_key, -1)
local head = newest and cjson.decode(newest).hash or ''
if current ~= tonumber(expected) or head ~= previous_hash then
  return { 'conflict', newest or '', redis.call('LINDEX', audit_key, -2) or '' }
end

for _, id in ipairs(named) do
  redis.call('HSETNX', ended_key, id, revision)
  redis.call('HDEL', off_key, id)
end
redis.call('SET', flag_key, flag_head .. ',"clears":' .. clears_json(stored, named, ended_key) .. '}')
redis.call('RPUSH', audit_key, audit_row)
if mark_id ~= '' then redis.call('HSET', off_key, mark_id, mark) end
redis.call('PUBLISH', channel, '{"revision":' .. revision .. ',"off":' .. redis.call('HLEN', off_key) .. '}')
return { 'committed', revision }
`;

/**
 * KEYS flag, off, ended, audit. ARGV channel, revision, flag ('' for none), clears, marks as [id, JSON …], ended as
 * [id, revision …] (all three JSON lists) → as READ.
 */
export const MERGE_LUA = `
local flag_key, off_key, ended_key = KEYS[1], KEYS[2], KEYS[3]
local function finish(id, revision)
  local added = redis.call('HSETNX', ended_key, id, revision)
  return added + redis.call('HDEL', off_key, id)
end
local changes = 0
local marks, ended = cjson.decode(ARGV[5]), cjson.decode(ARGV[6])
for i = 1, #ended, 2 do changes = changes + finish(ended[i], ended[i + 1]) end
if ARGV[3] ~= '' then
  local stored = redis.call('GET', flag_key)
  if not stored or tonumber(ARGV[2]) >= cjson.decode(stored).revision then
    if stored ~= ARGV[3] then
      redis.call('SET', flag_key, ARGV[3])
      changes = changes + 1
    end
    for _, id in ipairs(cjson.decode(ARGV[4])) do changes = changes + finish(id, ARGV[2]) end
  end
end
for i = 1, #marks, 2 do
  if redis.call('HEXISTS', ended_key, marks[i]) == 0 then
    changes = changes + redis.call('HSETNX', off_key, marks[i], marks[i + 1])
  end
end
if changes > 0 then
  local now = redis.call('GET', flag_key)
  local revision = now and cjson.decode(now).revision or 0
  redis.call('PUBLISH', ARGV[1], '{"revision":' .. revision .. ',"off":' .. redis.call('HLEN', off_key) .. '}')
end
${READ_LUA}`;

/** KEYS flag, off, ended, audit. ARGV channel, ended as [id, revision …] (JSON list). */
export const END_LUA = `
local ended = cjson.decode(ARGV[2])
for i = 1, #ended, 2 do
  redis.call('HSETNX', KEYS[3], ended[i], ended[i + 1])
  redis.call('HDEL', KEYS[2], ended[i])
end
redis.call('PUBLISH', ARGV[1], '{"off":' .. redis.call('HLEN', KEYS[2]) .. '}')
`;

/** KEYS seen, reports, instance. ARGV id, report (JSON), live for ms, forget after ms. */
export const REPORT_LUA = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[4])) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
end
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[3])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[1], now, ARGV[1])
`;

/** KEYS seen, reports → for each instance its id, the ms since it was seen, and its report. */
export const INSTANCES_LUA = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = {}
local seen = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 1, #seen, 2 do
  local report = redis.call('HGET', KEYS[2], seen[i])
  if report then
    found[#found + 1] = { seen[i], tostring(math.max(0, now - seen[i + 1])), report }
  end
end
return found
`;
