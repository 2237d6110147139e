-- The two roles of docs/database-roles.md. The passwords never stand on a command line.
\set migrator `cat /run/secrets/migrator-password`
\set service `cat /run/secrets/service-password`
CREATE ROLE gatehouse_migrator LOGIN PASSWORD :'migrator';
CREATE ROLE gatehouse_service LOGIN PASSWORD :'service';
ALTER DATABASE gatehouse OWNER TO gatehouse_migrator;
REVOKE ALL ON DATABASE gatehouse FROM PUBLIC;
GRANT CONNECT ON DATABASE gatehouse TO gatehouse_service;
