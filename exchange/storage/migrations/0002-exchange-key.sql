-- The key with which the exchange signs what it states, as private JWK (RFC 7517). It stands beside the identity, so that
-- one backup holds both. The first server that starts makes it.

ALTER TABLE exchange_identity ADD COLUMN private_jwk jsonb;
