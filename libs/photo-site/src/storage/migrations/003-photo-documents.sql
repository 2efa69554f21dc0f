-- The page of a photo as one document, beside the rows, for comparison. Names of people stand in every document that shows them.
CREATE TABLE photo_documents (
  photo_id bigint NOT NULL,
  owner_id bigint NOT NULL,
  -- Whose names are in it.
  people   bigint[] NOT NULL,
  document jsonb NOT NULL,
  PRIMARY KEY (photo_id, owner_id),
  FOREIGN KEY (photo_id, owner_id) REFERENCES photos
);
CREATE INDEX photo_documents_by_people ON photo_documents USING gin (people);

-- How rows become a document.
CREATE VIEW photos_as_documents AS
SELECT p.id AS photo_id, p.owner_id,
       ARRAY(SELECT DISTINCT (shown.person ->> 'id')::bigint
               FROM jsonb_array_elements(liked.people || said.comments || author.person) AS shown (person)) AS people,
       jsonb_build_object('photoId', p.id, 'caption', p.caption, 'createdAt', p.created_at, 'author', author.person,
                          'likes', (SELECT count(*) FROM likes l WHERE l.photo_id = p.id),
                          'likedBy', liked.people, 'comments', said.comments) AS document
  FROM photos p
  JOIN users u ON u.id = p.owner_id
 CROSS JOIN LATERAL (SELECT jsonb_build_object('id', u.id, 'name', u.first_name || ' ' || u.last_name) AS person) AS author
 CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.first_name || ' ' || w.last_name) ORDER BY l.id DESC), '[]') AS people
           FROM (SELECT id, user_id FROM likes WHERE photo_id = p.id ORDER BY id DESC LIMIT 20) AS l JOIN users w ON w.id = l.user_id
       ) AS liked
 CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'name', w.first_name || ' ' || w.last_name, 'text', c.body, 'at', c.created_at)
                                   ORDER BY c.id DESC), '[]') AS comments
           FROM (SELECT id, user_id, body, created_at FROM comments WHERE photo_id = p.id ORDER BY id DESC LIMIT 20) AS c
           JOIN users w ON w.id = c.user_id
       ) AS said;

-- A person under another name, wherever a list has them.
CREATE FUNCTION renamed(people jsonb, who bigint, name text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(CASE WHEN (person ->> 'id')::bigint = who THEN person || jsonb_build_object('name', name) ELSE person END ORDER BY place), '[]')
    FROM jsonb_array_elements(people) WITH ORDINALITY AS listed (person, place)
$$;
