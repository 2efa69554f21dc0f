-- A user as one document, beside the rows: the same read without a join, for comparison.
CREATE TABLE user_documents (
  owner_id bigint PRIMARY KEY REFERENCES users,
  document jsonb NOT NULL
);

-- How rows become a document.
CREATE VIEW users_as_documents AS
SELECT u.id AS owner_id,
       jsonb_build_object(
         'id', u.id, 'firstName', u.first_name, 'lastName', u.last_name,
         'address', jsonb_build_object('streetAddress', u.street, 'city', u.city, 'state', u.state, 'postalCode', u.postal_code),
         'phoneNumbers', coalesce((SELECT jsonb_agg(number ORDER BY position) FROM phone_numbers WHERE owner_id = u.id), '[]')
       ) AS document
  FROM users u;

INSERT INTO user_documents SELECT owner_id, document FROM users_as_documents;
