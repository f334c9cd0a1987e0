filedesc://capture.arc 192.0.2.1 20080314060000 text/plain 68
1 0 Example
URL IP-address Archive-date Content-type Archive-length

http://vieux.example/a 192.0.2.1 20080314060000 text/html 156
HTTP/1.1 200 OK
Content-Type: text/html

<title>Old mill sold</title><p>The old mill at Brevan was sold to a maker of paddles for an undisclosed sum.</p>
