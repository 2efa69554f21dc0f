-- Every row that belongs to somebody carries its owner, as part of its primary key, which is its replica identity: so rows can be divided
-- among databases, and followed from one to another, by owner. Nothing refers to rows of another owner. Ids are made by the site (ids.ts).

CREATE TABLE users (
  id          bigint PRIMARY KEY,
  first_name  text NOT NULL,
  last_name   text NOT NULL,
  street      text NOT NULL,
  city        text NOT NULL,
  state       text NOT NULL,
  postal_code integer NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE phone_numbers (
  owner_id bigint NOT NULL REFERENCES users,
  position smallint NOT NULL,
  number   text NOT NULL,
  PRIMARY KEY (owner_id, position)
);

-- Bytes of pictures; those of the seed are everybody's, and owner 0 stands for that.
CREATE TABLE files (
  id       bigint NOT NULL,
  owner_id bigint NOT NULL,
  content  bytea NOT NULL,
  PRIMARY KEY (id, owner_id)
);

CREATE TABLE photos (
  id         bigint NOT NULL,
  owner_id   bigint NOT NULL REFERENCES users,
  image_id   bigint NOT NULL,
  caption    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, owner_id)
);
CREATE INDEX photos_by_owner ON photos (owner_id, created_at DESC);

-- The owner is who follows.
CREATE TABLE follows (
  owner_id    bigint NOT NULL REFERENCES users,
  followee_id bigint NOT NULL,
  PRIMARY KEY (owner_id, followee_id)
);

-- The owner is the photo's.
CREATE TABLE likes (
  id         bigint NOT NULL,
  photo_id   bigint NOT NULL,
  owner_id   bigint NOT NULL,
  user_id    bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (photo_id, user_id, owner_id),
  FOREIGN KEY (photo_id, owner_id) REFERENCES photos
);
-- What a count reads: small, because equal keys are kept once.
CREATE INDEX likes_by_photo ON likes (photo_id);
-- New rows stand last, and ids grow with time: a few pages are enough to find the rows since some moment.
CREATE INDEX likes_by_id ON likes USING brin (id) WITH (pages_per_range = 16);

-- The owner is the photo's; the author's row may stand elsewhere, so the name is kept here.
CREATE TABLE comments (
  id         bigint NOT NULL,
  photo_id   bigint NOT NULL,
  owner_id   bigint NOT NULL,
  user_id    bigint NOT NULL,
  author     text NOT NULL,
  body       text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, owner_id),
  FOREIGN KEY (photo_id, owner_id) REFERENCES photos
);
CREATE INDEX comments_by_photo ON comments (photo_id, id DESC);

-- The same everywhere.
CREATE TABLE prices (
  size  text PRIMARY KEY,
  cents integer NOT NULL CHECK (cents > 0)
);

-- The owner is who orders; the photo may be anybody's.
CREATE TABLE orders (
  id         bigint NOT NULL,
  owner_id   bigint NOT NULL REFERENCES users,
  photo_id   bigint NOT NULL,
  size       text NOT NULL REFERENCES prices,
  quantity   integer NOT NULL CHECK (quantity BETWEEN 1 AND 100),
  cents      integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, owner_id)
);
CREATE INDEX orders_by_owner ON orders (owner_id, id DESC);

-- Who was active on which day of the lab (a lab day is a minute unless set otherwise).
CREATE TABLE activity (
  day      bigint NOT NULL,
  owner_id bigint NOT NULL,
  PRIMARY KEY (day, owner_id)
);
