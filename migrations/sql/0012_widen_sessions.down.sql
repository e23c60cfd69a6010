SET ROLE ghostworks_owner;
RESET ROLE;
