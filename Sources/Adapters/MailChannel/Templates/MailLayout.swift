import Mustache

/// The frame that every mail has. Colours and sizes are those of `web/css/tokens.css`.
///
/// Templates are literals: they are compiled in without a build step, and what is wrong in one shows in a test. Values
/// are escaped for HTML by the template engine; the text form has none to escape.
enum MailLayout {
    /// Styles stand at the elements, since readers of mail drop style sheets.
    static let html = """
        <!doctype html>
        <html lang="{{language}}"><head><meta charset="utf-8"><title>{{subject}}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"></head>
        <body style="margin:0;padding:24px 12px;background:#f3f6f4;color:#17211f;\
        font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
        <div style="max-width:34rem;margin:0 auto">
        <p style="margin:0 0 12px;font-weight:600;color:#0d6b5b">Errand</p>
        <div style="padding:24px;border:1px solid #dde4e1;border-radius:14px;background:#ffffff">
        <h1 style="margin:0 0 12px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">{{heading}}</h1>
        {{#paragraphs}}<p style="margin:0 0 12px">{{.}}</p>
        {{/paragraphs}}{{#lines}}<p style="margin:0;padding:8px 0;border-top:1px solid #dde4e1;overflow-wrap:anywhere">\
        <strong>{{number}}</strong> {{title}} <span style="color:#53615d">{{note}}</span></p>
        {{/lines}}{{#button}}<p style="margin:20px 0"><a href="{{address}}" style="display:inline-block;\
        padding:12px 20px;border-radius:8px;background:#0d6b5b;color:#ffffff;font-weight:600;text-decoration:none">\
        {{label}}</a></p>
        {{/button}}{{#links}}<a href="{{address}}" style="color:#0d6b5b;margin-right:16px">{{label}}</a>
        {{/links}}</div>
        <p style="margin:12px 0 0;color:#53615d;font-size:13px">{{footer}}\
        {{#unsubscribe}} <a href="{{address}}" style="color:#53615d">{{label}}</a>{{/unsubscribe}}</p>
        </div></body></html>

        """

    static let text = """
        {{{heading}}}

        {{#paragraphs}}
        {{{.}}}

        {{/paragraphs}}
        {{#lines}}
        {{{number}}} {{{title}}} {{{note}}}
        {{/lines}}
        {{#button}}
        {{{label}}}:
        {{{address}}}

        {{/button}}
        {{#links}}
        {{{label}}}: {{{address}}}
        {{/links}}

        --\u{20}
        {{{footer}}}
        {{#unsubscribe}}
        {{{label}}}: {{{address}}}
        {{/unsubscribe}}

        """
}
