SET ROLE ghostworks_owner;
DROP TABLE known_devices, auth_attempts, auth_throttle, one_time_tokens;
DELETE FROM app.partitioned WHERE table_name = 'auth_attempts';
DELETE FROM app.walls WHERE table_name IN ('public.known_devices', 'public.auth_attempts',
    'public.auth_throttle', 'public.one_time_tokens');
RESET ROLE;
