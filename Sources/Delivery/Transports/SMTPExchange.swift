import CCurl
import Foundation

// DESIGN
//
// 1. One connection a mail, through libcurl's easy interface, which blocks: it runs on a queue of
//    its own (`BlockingQueue`) and ends by itself after `SMTPServer.Timeouts.total`.
// 2. What the server answered decides: 5xx is permanent, 4xx and everything without an answer is
//    worth another try. Trouble with TLS or with the login is the installation's, not the mail's,
//    so it is worth another try as well.
// 3. A connection that breaks after the text was sent leaves open whether the mail was taken. It is
//    sent again: at least once, with the same Message-ID.

/// One mail on its way to a mail server.
struct SMTPExchange: Sendable {
    private let server: SMTPServer
    private let sender: String
    private let recipient: String
    private let greeting: String
    private let bytes: [UInt8]

    private static let start: CURLcode = ccurl_start()

    init(_ message: MailMessage, server: SMTPServer) throws(DeliveryFailure) {
        self.server = server
        sender = try HeaderText.address(message.sender.address)
        recipient = try HeaderText.address(message.letter.recipient)
        greeting = message.sender.domain
        bytes = try message.bytes()
    }

    /// Hands the mail over; blocks.
    func run(isCancelled: @escaping @Sendable () -> Bool) throws(DeliveryFailure) {
        guard Self.start == CURLE_OK, let handle = curl_easy_init() else {
            throw DeliveryFailure(.transient, "libcurl could not be started")
        }
        defer { curl_easy_cleanup(handle) }
        let upload = Upload(bytes, isCancelled: isCancelled)
        let recipients = curl_slist_append(nil, recipient)
        defer { curl_slist_free_all(recipients) }
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code = message.withUnsafeMutableBufferPointer { buffer in
            var code = ccurl_set_error_buffer(handle, buffer.baseAddress)
            if code == CURLE_OK { code = configure(handle, recipients) }
            if code == CURLE_OK { code = upload.attach(to: handle) }
            return code == CURLE_OK
                ? withExtendedLifetime(upload) { curl_easy_perform(handle) } : code
        }
        guard code != CURLE_OK else { return }
        let text = String(
            decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        throw Self.failure(code, reply: ccurl_reply_code(handle), text: text)
    }

    private func configure(
        _ handle: UnsafeMutableRawPointer,
        _ recipients: UnsafeMutablePointer<curl_slist>?
    ) -> CURLcode {
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, server.url(greeting: greeting)),
            (CURLOPT_MAIL_FROM, "<\(sender)>"),
            // Not the proxy that the environment may name: it is for the web.
            (CURLOPT_PROXY, ""),
        ]
        if let login = server.login {
            texts += [(CURLOPT_USERNAME, login.user), (CURLOPT_PASSWORD, login.password)]
        }
        if let file = server.authorities { texts.append((CURLOPT_CAINFO, file)) }
        let numbers: [(CURLoption, Int)] = [
            // Time-outs without signals: there are other threads.
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(server.timeouts.connect)),
            (CURLOPT_TIMEOUT_MS, Self.milliseconds(server.timeouts.total)),
        ]
        for (option, text) in texts {
            let code = ccurl_set_text(handle, option, text)
            guard code == CURLE_OK else { return code }
        }
        for (option, number) in numbers {
            let code = ccurl_set_number(handle, option, number)
            guard code == CURLE_OK else { return code }
        }
        let code = ccurl_set_recipients(handle, recipients)
        return code == CURLE_OK ? ccurl_set_tls(handle, server.requiresTLS ? 1 : 0) : code
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration / .milliseconds(1))
    }

    /// What an end of the exchange means for the mail.
    static func failure(_ code: CURLcode, reply: Int, text: String) -> DeliveryFailure {
        let known = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        let reason = String("\(known) (\(reply))".prefix(200))
        let isInstallation = [
            CURLE_LOGIN_DENIED, CURLE_USE_SSL_FAILED, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CONNECT_ERROR,
        ].contains(code)
        // 530 and 534 to 538: the server wants another login (RFC 4954).
        let isLogin = reply == 530 || (534...538).contains(reply)
        let isRefusal = (500..<600).contains(reply) && !isInstallation && !isLogin
        return DeliveryFailure(isRefusal ? .permanent : .transient, reason)
    }
}

/// The bytes that libcurl takes piece by piece; used by one thread, inside `curl_easy_perform`.
private final class Upload {
    private let bytes: [UInt8]
    private let isCancelled: @Sendable () -> Bool
    private var sent = 0

    init(_ bytes: [UInt8], isCancelled: @escaping @Sendable () -> Bool) {
        self.bytes = bytes
        self.isCancelled = isCancelled
    }

    /// libcurl holds the object by a bare pointer: the caller keeps it alive.
    func attach(to handle: UnsafeMutableRawPointer) -> CURLcode {
        ccurl_set_upload(
            handle,
            { buffer, size, count, context in
                guard let buffer, let context else { return 0 }
                let upload = Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue()
                return upload.read(
                    into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
                )
            },
            { context, _, _, _, _ in
                guard let context else { return 0 }
                return Unmanaged<Upload>.fromOpaque(context).takeUnretainedValue().isCancelled()
                    ? 1 : 0
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = bytes[sent..<min(bytes.count, sent + buffer.count)]
        buffer.copyBytes(from: part)
        sent += part.count
        return part.count
    }
}
