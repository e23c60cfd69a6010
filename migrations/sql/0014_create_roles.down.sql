DROP FUNCTION app.member_may(uuid, uuid, integer);
