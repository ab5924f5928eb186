-- The usual script of a rush on Redis: not bought yet, something left, take one, note who has it.
-- KEYS: the stock, the set of those who have bought. ARGV: the person. 1 taken, 0 bought before, -1 sold out.
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then
    return 0
end
if tonumber(redis.call('GET', KEYS[1])) <= 0 then
    return -1
end
redis.call('DECR', KEYS[1])
redis.call('SADD', KEYS[2], ARGV[1])
return 1
