SET ROLE ghostworks_owner;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
DROP TABLE identities;
DELETE FROM app.walls WHERE table_name IN
    ('public.recovery_codes', 'public.second_factors', 'public.identities');
RESET ROLE;
