-- Deterministic: the same rows every time. A hash of (salt, number) stands in for a random number in [0, 1).
CREATE FUNCTION pg_temp.noise(salt text, n bigint) RETURNS double precision
  LANGUAGE sql IMMUTABLE AS $$ SELECT (hashtextextended(salt, n) & 2147483647) / 2147483648.0 $$;

INSERT INTO prices VALUES ('10x15', 39), ('20x30', 349), ('poster', 1299);

INSERT INTO users (id, first_name, last_name, street, city, state, postal_code, created_at)
SELECT n,
       (ARRAY['Ada','Ben','Cleo','Dan','Eva','Finn','Gia','Hugo','Iris','Jon','Kaya','Leo','Mia','Noor','Otto','Pia'])[1 + (pg_temp.noise('first', n) * 16)::int % 16],
       (ARRAY['Alder','Birch','Cole','Dunn','Ekman','Frost','Gray','Holm','Ives','Jung','Kerr','Lund','Moss','Nash','Oak','Page'])[1 + (pg_temp.noise('last', n) * 16)::int % 16],
       (1 + (pg_temp.noise('street', n) * 200)::int) || ' ' || (ARRAY['1st','2nd','3rd','4th','5th'])[1 + (pg_temp.noise('name', n) * 5)::int % 5] || ' Street',
       (ARRAY['Albany','Boston','Chicago','Denver','El Paso'])[1 + (n % 5)],
       (ARRAY['NY','MA','IL','CO','TX'])[1 + (n % 5)],
       10000 + (pg_temp.noise('zip', n) * 89999)::int,
       timestamptz '2024-01-01' + n * interval '1 minute'
  FROM generate_series(1, :users) n;

UPDATE users SET first_name = 'John', last_name = 'Smith', street = '21 2nd Street', city = 'New York', state = 'NY', postal_code = 10021
 WHERE id = 12;

INSERT INTO phone_numbers
SELECT n, 1, '555 ' || lpad(((pg_temp.noise('phone', n) * 9999)::int)::text, 4, '0') FROM generate_series(1, :users) n WHERE n <> 12;
INSERT INTO phone_numbers VALUES (12, 1, '212 555-1234'), (12, 2, '646 555-4567');

INSERT INTO user_documents SELECT owner_id, document FROM users_as_documents;

-- A photo stands in the bucket of its owner (storage/ids.ts): of 64 users one after the other, one has the photo's.
-- Few people own many photos.
CREATE FUNCTION pg_temp.owner_of(photo bigint, wanted bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN found > :users THEN found - 64 WHEN found < 1 THEN found + 64 ELSE found END
    FROM (SELECT (wanted / 64) * 64 + photo % 64 AS found) AS nearest $$;

INSERT INTO photos (id, owner_id, image_id, caption, created_at)
SELECT n,
       pg_temp.owner_of(n, 1 + (:users * power(pg_temp.noise('owner', n), 1.5))::int % :users),
       1 + n % :images,
       (ARRAY['Morning','Harbour','Old town','First snow','Market','Bridge','Garden','Night train'])[1 + n % 8] || ' ' || n,
       timestamptz '2025-01-01' + n * interval '30 seconds'
  FROM generate_series(1, :photos) n;

-- Skewed: a few are followed by very many.
INSERT INTO follows
SELECT DISTINCT follower, 1 + (:users * power(pg_temp.noise('follow', follower * 1000 + k), 2))::int % :users
  FROM generate_series(1, :users) follower, generate_series(1, 50) k;

INSERT INTO likes (id, photo_id, owner_id, user_id)
SELECT row_number() OVER (), p.id, p.owner_id, given.user_id
  FROM (SELECT DISTINCT 1 + (:photos * power(pg_temp.noise('liked', n), 2))::int % :photos AS photo_id,
                        1 + (:users * pg_temp.noise('liker', n))::int % :users AS user_id
          FROM generate_series(1, :photos * 4) n) AS given
  JOIN photos p ON p.id = given.photo_id
 ORDER BY p.id, given.user_id;

INSERT INTO comments (id, photo_id, owner_id, user_id, author, body)
SELECT n, p.id, p.owner_id, u.id, u.first_name || ' ' || u.last_name,
       (ARRAY['Lovely light.','Where is this?','Great colours.','I was there last year.','More of these, please.'])[1 + n % 5]
  FROM generate_series(1, :photos) n
  JOIN photos p ON p.id = 1 + (:photos * power(pg_temp.noise('commented', n), 2))::int % :photos
  JOIN users u ON u.id = 1 + (:users * pg_temp.noise('commenter', n))::int % :users
 ORDER BY n;

-- Of the photos that are liked most, which are those of the lowest ids.
INSERT INTO photo_documents (photo_id, owner_id, people, document)
SELECT photo_id, owner_id, people, document FROM photos_as_documents WHERE photo_id <= 1000;
