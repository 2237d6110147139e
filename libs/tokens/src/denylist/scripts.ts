/** The hash that holds the copy, and its field that marks it complete. One hash: what loses entries loses the mark. */
export const HASH = 'deny';
export const MARKER = '!';

/**
 * Writes entries. KEYS[1] the hash; ARGV sid, value, end, sid, … A field is `value;end`. `*` stays, a generation only
 * grows, and so does the end: a late or repeated write changes nothing for the worse. Gives the marker.
 */
export const WRITE = `
local function generation(value) return tonumber(string.match(value, '^(%d+)@')) end
for i = 1, #ARGV, 3 do
  local sid, value, ends = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local old = redis.call('HGET', KEYS[1], sid)
  if old then
    local oldValue, oldEnds = string.match(old, '^(.*);(%d+)$')
    if oldValue then
      if tonumber(oldEnds) > tonumber(ends) then ends = oldEnds end
      if oldValue == '*' or (value ~= '*' and generation(oldValue) > generation(value)) then value = oldValue end
    end
  end
  redis.call('HSET', KEYS[1], sid, value .. ';' .. ends)
end
return redis.call('HGET', KEYS[1], '${MARKER}')`;

/** Puts the marker where the filler's token still is. KEYS[1] the hash; ARGV token, id. Gives 1 where it was. */
export const COMPLETE = `
if redis.call('HGET', KEYS[1], '${MARKER}') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], '${MARKER}', ARGV[2])
return 1`;

/** Removes fields that still are what was read. KEYS[1] the hash; ARGV sid, field, sid, … Gives how many. */
export const REMOVE = `
local removed = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    removed = removed + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return removed`;
