/** A file that cannot be had from elsewhere is fetched from the site itself, once: the path is the same. */
const FALL_BACK = `addEventListener('error', ({ target: file }) => {
const kind = file.tagName === 'LINK' ? 'href' : 'src', { host, pathname, search } = new URL(file[kind], location);
if (host !== location.host) file[kind] = pathname + search;
}, true);`;

/** Templates of the pages; eta escapes every `<%= %>`. */
export const LAYOUT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title><%= it.title %> · Photos</title>
<% if (it.elsewhere) { %><script>${FALL_BACK}</script><% } %>
<link rel="stylesheet" href="<%= it.stylesheet %>"></head>
<body><header><a href="/">Photos</a><nav><a href="/upload">Upload</a><a href="/orders">Orders</a></nav></header>
<main><h1><%= it.title %></h1><%~ it.body %></main></body></html>`;

export const ITEMS = `<ul class="feed"><% for (const item of it.items) { %>
<li class="photo"><a href="/photos/<%= item.photoId %>"><img src="<%= it.image(item) %>" width="320" height="240" loading="lazy" alt="<%= item.caption %>"></a>
<p class="caption"><%= item.caption %></p>
<p class="meta"><a href="/profiles/<%= item.author.id %>"><%= item.author.name %></a> <time datetime="<%= item.createdAt %>"><%= item.createdAt.slice(0, 10) %></time>
<span class="likes"><%= item.likes %> likes</span> <span class="comments"><%= item.comments %> comments</span></p></li><% } %></ul>
<% if (it.items.length === 0) { %><p class="empty">No photos yet.</p><% } %>`;

export const PHOTO = `<img src="<%= it.image(it.photo) %>" width="640" alt="<%= it.photo.caption %>">
<p class="meta">by <a href="/profiles/<%= it.photo.author.id %>"><%= it.photo.author.name %></a>, <%= it.photo.likes %> likes</p>
<ol class="comments"><% for (const comment of it.comments) { %><li><b><%= comment.author %></b> <%= comment.text %></li><% } %></ol>`;

export const UPLOAD = `<form method="post" action="/api/photos" enctype="multipart/form-data"><p>Photos are sent to <code>POST /api/photos</code> as JPEG, PNG or WebP, at most 2 MB.</p></form>`;

export const ORDERS = `<table><tr><th>Photo</th><th>Size</th><th>Quantity</th><th>Price</th></tr><% for (const order of it.orders) { %>
<tr><td><a href="/photos/<%= order.photoId %>"><%= order.photoId %></a></td><td><%= order.size %></td><td><%= order.quantity %></td><td>$<%= (order.cents / 100).toFixed(2) %></td></tr><% } %></table>
<% if (it.orders.length === 0) { %><p class="empty">No orders yet.</p><% } %>`;
