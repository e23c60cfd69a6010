SET ROLE ghostworks_owner;
DROP FUNCTION app.wall_problems();
RESET ROLE;
