-- How many messages a person got within the hour is asked before each that is not express.
CREATE INDEX notices_of_person ON notices (channel, address, handed_at);
